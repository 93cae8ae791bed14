import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureRecord } from '@/lib/catalog/captures';

interface Deps {
  readonly catalog: Pick<CaptureCatalog, 'listCapturesOf' | 'setCaptureStatus'>;
  readonly blobs: Pick<BlobStore, 'delete'>;
  readonly version: number;
}

/**
 * Captures to analyse when a server starts, all `waiting` then: those that were under way when the last one stopped,
 * then those that another version analysed or failed to, each oldest first. `isQueued` ones are left alone.
 */
export async function takeUp({ catalog, blobs, version }: Deps, isQueued: (id: string) => boolean): Promise<string[]> {
  const isUnderWay = ({ status }: CaptureRecord) => status === 'waiting' || status === 'analysing';
  const all = await catalog.listCapturesOf(['waiting', 'analysing', 'done', 'failed']);
  const outdated = all.filter((one) => !isUnderWay(one) && one.analysisVersion !== version);
  const ids: string[] = [];
  for (const one of [...all.filter(isUnderWay), ...outdated]) {
    if (isQueued(one.id)) continue;
    if (one.analysis !== undefined) await blobs.delete(one.analysis.blobKey);
    if (one.status !== 'waiting') await catalog.setCaptureStatus(one.id, 'waiting');
    ids.push(one.id);
  }
  return ids;
}
