import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureRecord } from '@/lib/catalog/captures';
import { LockscopeError } from '@/lib/errors';
import type { Traces } from '@/lib/traces/port';
import type { ViewCalls } from '@/lib/traces/view-calls';
import type { AnalysisQueue } from './analysis-queue';

export interface TracesDeps {
  readonly catalog: Pick<CaptureCatalog, 'getCapture' | 'setCaptureStatus' | 'removeCapture'>;
  readonly blobs: Pick<BlobStore, 'delete'>;
  readonly queue: AnalysisQueue;
  readonly views: ViewCalls;
}

/** Captures as pages and routes see them: by id, whatever state they are in. */
export function createTraces({ catalog, blobs, queue, views }: TracesDeps): Traces {
  async function known(id: string): Promise<CaptureRecord> {
    const capture = await catalog.getCapture(id);
    if (capture !== undefined) return capture;
    throw new LockscopeError('trace.no-capture', `there is no trace ${id}`, { place: 'path id' });
  }
  async function keyOf(id: string): Promise<string> {
    const { status, error, analysis } = await known(id);
    if (analysis !== undefined) return analysis.blobKey;
    throw new LockscopeError('trace.not-ready', notReady(status, error?.message), { place: 'path id' });
  }
  return {
    summary: async (id) => views.summary(await keyOf(id)),
    document: async (id, options) => views.document(await keyOf(id), options),
    tile: async (id, query) => views.tile(await keyOf(id), query),
    wait: async (id, wait) => views.wait(await keyOf(id), wait),
    search: async (id, query, offset) => views.search(await keyOf(id), query, offset),
    progress: queue.progress,
    queue: queue.ids,
    async analyse(id) {
      const { analysis } = await known(id);
      if (queue.progress(id) === undefined) {
        await catalog.setCaptureStatus(id, 'waiting');
        if (analysis !== undefined) await blobs.delete(analysis.blobKey);
        queue.add(id);
      }
      return known(id);
    },
    async cancel(id) {
      await known(id);
      await queue.cancel(id);
      return known(id);
    },
    async remove(id) {
      await known(id);
      await queue.cancel(id);
      for (const key of (await catalog.removeCapture(id)) ?? []) await blobs.delete(key);
    },
  };
}

function notReady(status: CaptureRecord['status'], why: string | undefined): string {
  switch (status) {
    case 'failed':
      return `the trace could not be analysed: ${why ?? 'the reason is not known'}`;
    case 'cancelled':
      return 'the analysis of the trace was cancelled; it can be started again';
    default:
      return 'the trace is still being analysed';
  }
}
