import type { CaptureRecord } from '@/lib/catalog/captures';
import type { LockscopeContext } from '@/lib/context';
import { captureDocument } from '@/lib/query/api/captures';

/** `lockscope/trace-status/v1`: the capture, and how far its analysis is. */
export function statusDocument({ traces }: Pick<LockscopeContext, 'traces'>, capture: CaptureRecord) {
  return {
    schema: 'lockscope/trace-status/v1',
    capture: captureDocument(capture),
    progress: traces.progress(capture.id) ?? null,
  };
}
