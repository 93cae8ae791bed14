import { every } from '@/jobs/every';
import type { CaptureCatalog } from '@/lib/catalog/captures';
import type { Traces } from '@/lib/traces/port';
import { unixMs } from '@/lib/units';

const everyMs = 3_600_000;
const firstMs = 95_000;

/** Deletes captures received more than `ageMs` ago, with their files. */
export function traceRetentionJob(
  catalog: Pick<CaptureCatalog, 'listCapturesBefore'>,
  traces: Pick<Traces, 'remove'>,
  ageMs: number,
) {
  const removeOld = async () => {
    const old = await catalog.listCapturesBefore(unixMs(Date.now() - ageMs));
    for (const { id } of old) await traces.remove(id);
    if (old.length > 0) console.log(`traces: ${old.length} deleted`);
  };
  return every('traces', everyMs, removeOld, firstMs);
}
