import { join } from 'node:path';
import { openBlobs } from '@/lib/blobs/open';
import type { BlobStore } from '@/lib/blobs/port';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { openSampleStore } from '@/lib/store/open';
import type { SampleStore } from '@/lib/store/port';

export interface Stores {
  readonly store: SampleStore;
  readonly catalog: Catalog;
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

/**
 * Opens the three stores of a data folder; `catalogUrl` keeps the catalogue in PostgreSQL. Samples come
 * first: they hold the folder's lock, so that a second server changes nothing. Throws what the ports'
 * `open` throw, with everything closed again.
 */
export async function openStores(
  { dataDir, catalogUrl }: { readonly dataDir: string; readonly catalogUrl: string | undefined },
  readWorker: { readonly workerUrl?: URL },
): Promise<Stores> {
  const store = await openSampleStore({ dir: dataDir, ...readWorker });
  try {
    const blobs = openBlobs({ dir: blobsDirOf(dataDir) });
    const catalog = await openCatalog(catalogUrl === undefined ? { dir: dataDir } : { postgresUrl: catalogUrl });
    return {
      store,
      catalog,
      blobs,
      async close() {
        await catalog.close().finally(() => store.close());
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Where a data folder keeps its blobs. */
export function blobsDirOf(dataDir: string): string {
  return join(dataDir, 'blobs');
}
