import { openBlobs } from '@/lib/blobs/open';
import { createUploadReader } from './local-reader';
import type { UploadReader } from './reader';
import { createUploadThread } from './upload-thread';
import type { UploadThreadData } from './upload-thread-data';

/** Opens the reader of uploads: in a thread when the bundled worker is there, else where it is called. */
export function openUploadReader(data: UploadThreadData, { workerUrl }: { readonly workerUrl?: URL }): UploadReader {
  if (workerUrl !== undefined) return createUploadThread(workerUrl, data);
  return createUploadReader({ ...data, blobs: openBlobs({ dir: data.blobsDir }) });
}
