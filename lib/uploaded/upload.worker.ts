import { workerData } from 'node:worker_threads';
import { openBlobs } from '@/lib/blobs/open';
import { LockscopeError } from '@/lib/errors';
import type { FlameOptions, SandwichOptions } from '@/lib/query/flame';
import { answerCalls } from '@/lib/threads/answer-calls';
import { createUploadReader } from './local-reader';
import type { UploadSource } from './reader';
import { uploadThreadData } from './upload-thread-data';

/** Entry of the thread that reads uploads, one call at a time. */
const { blobsDir, ...data } = uploadThreadData.parse(workerData);
const reader = createUploadReader({ ...data, blobs: openBlobs({ dir: blobsDir }) });

answerCalls((method, args) => {
  // upload-thread.ts makes each call from one with these types.
  const [source, options] = args as [UploadSource, FlameOptions & SandwichOptions];
  switch (method) {
    case 'read':
      return reader.read(source);
    case 'flame':
      return reader.flame(source, options);
    case 'sandwich':
      return reader.sandwich(source, options);
    default:
      throw new LockscopeError('internal.worker', `uploads have no method ${method}`);
  }
});
