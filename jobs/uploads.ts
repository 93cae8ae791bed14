import { every } from '@/jobs/every';
import type { BlobStore } from '@/lib/blobs/port';
import type { Catalog } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';

const everyMs = 3_600_000;
const firstMs = 90_000;

/** Deletes uploaded files that are older than `ageMs`: the record first, so that no page leads to a missing file. */
export function uploadsJob(
  catalog: Pick<Catalog, 'removeUploadsBefore' | 'getUpload'>,
  blobs: Pick<BlobStore, 'delete'>,
  ageMs: number,
) {
  const removeOld = async () => {
    const removed = await catalog.removeUploadsBefore(unixMs(Date.now() - ageMs));
    for (const { id, blobKey } of removed) {
      // The same bytes may have been uploaded again in between.
      if ((await catalog.getUpload(id)) === undefined) await blobs.delete(blobKey);
    }
    if (removed.length > 0) console.log(`uploads: ${removed.length} deleted`);
  };
  return every('uploads', everyMs, removeOld, firstMs);
}
