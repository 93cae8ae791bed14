import type { BlobStore } from '@/lib/blobs/port';
import type { Catalog } from '@/lib/catalog/port';
import type { Config } from '@/lib/config';
import { LockscopeError } from '@/lib/errors';
import type { LiveHub } from '@/lib/live';
import type { SampleStore } from '@/lib/store/port';
import type { Traces } from '@/lib/traces/port';
import type { TargetTraces } from '@/lib/traces/target-port';
import type { UnixMs } from '@/lib/units';
import type { UploadReader } from '@/lib/uploaded/reader';

/** What `server.ts` opened once and every page, route and job of this process uses. */
export interface LockscopeContext {
  readonly config: Config;
  readonly store: SampleStore;
  readonly catalog: Catalog;
  readonly blobs: BlobStore;
  readonly uploads: UploadReader;
  readonly traces: Traces;
  readonly targetTraces: TargetTraces;
  readonly live: LiveHub;
  /** Scrape targets changed in the UI: the job reads them again. */
  readonly targetsChanged: () => void;
  /** What `/metrics` prints. */
  readonly metrics: () => Promise<readonly Metric[]>;
  readonly startedAt: UnixMs;
  /** Where clients reach this server: `http://127.0.0.1:4040`. */
  readonly address: string;
}

/** One line of the Prometheus text format. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

// Two module graphs share one process (server bundle and Next's): the global registry is the only common place.
const key = Symbol.for('lockscope.context');

/** The context of this process. Throws `context.missing` outside a running server. */
export function currentContext(): LockscopeContext {
  const context: unknown = Reflect.get(globalThis, key);
  if (context === undefined) throw new LockscopeError('context.missing', 'no server runs in this process');
  // Only `publishContext` writes under this key, from the same source text.
  return context as LockscopeContext;
}

/** Makes the context visible to both module graphs; undefined takes it away. */
export function publishContext(context: LockscopeContext | undefined): void {
  Reflect.set(globalThis, key, context);
}
