import { every } from '@/jobs/every';
import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureStatus } from '@/lib/catalog/captures';
import type { Traces } from '@/lib/traces/port';
import { unixMs } from '@/lib/units';
import { formatPlural } from '@/lib/units-format';

const everyMs = 3_600_000;
const firstMs = 95_000;
const kinds = ['trace', 'trace-analysis'];
const statuses: readonly CaptureStatus[] = ['waiting', 'analysing', 'done', 'failed', 'cancelled'];

export interface TraceRetentionDeps {
  readonly catalog: Pick<CaptureCatalog, 'listCapturesBefore' | 'listCapturesOf'>;
  readonly blobs: Pick<BlobStore, 'list' | 'delete' | 'removeUnfinished'>;
  readonly traces: Pick<Traces, 'remove'>;
  readonly ageMs: number;
}

/**
 * Deletes captures received more than `ageMs` ago, with their files, and files that no capture has: what a crash left,
 * up to a gigabyte each. A file is such when two runs found it so, since its capture is written after it.
 */
export function traceRetentionJob({ catalog, blobs, traces, ageMs }: TraceRetentionDeps) {
  let unknown: ReadonlySet<string> = new Set();

  async function removeOld(): Promise<number> {
    const old = await catalog.listCapturesBefore(unixMs(Date.now() - ageMs));
    for (const { id } of old) await traces.remove(id);
    return old.length;
  }
  async function removeStray(): Promise<number> {
    let removed = 0;
    const before = unixMs(Date.now() - everyMs);
    for (const kind of kinds) removed += await blobs.removeUnfinished(kind, before);
    const found = (await Promise.all(kinds.map((kind) => blobs.list(kind)))).flat().map(({ key }) => key);
    const captures = await catalog.listCapturesOf(statuses);
    const known = new Set(captures.flatMap(({ blobKey, analysis }) => [blobKey, analysis?.blobKey]));
    const stray = found.filter((key) => !known.has(key));
    for (const key of stray) if (unknown.has(key) && (await blobs.delete(key))) removed++;
    unknown = new Set(stray);
    return removed;
  }
  const work = async () => {
    const old = await removeOld();
    if (old > 0) console.log(`traces: ${old} deleted`);
    const stray = await removeStray();
    if (stray > 0) console.log(`traces: ${formatPlural(stray, 'file')} without a capture deleted`);
  };
  return every('traces', everyMs, work, firstMs);
}
