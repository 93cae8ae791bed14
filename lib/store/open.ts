import { MemorySampleStore } from './memory';
import type { SampleStore } from './port';
import { openSqliteStore, type SqliteOptions } from './sqlite/open';

/** Where samples live: nowhere (`memory: true`), or in a data folder. */
export type SampleStoreOptions = { readonly memory: true } | SqliteOptions;

/**
 * The only place that names implementations. Errors of a data folder: `store.locked`, `store.newer-schema`,
 * `store.read-only`, `store.damaged`, `store.full`, `store.sqlite`.
 */
export async function openSampleStore(options: SampleStoreOptions): Promise<SampleStore> {
  return 'memory' in options ? new MemorySampleStore() : openSqliteStore(options);
}
