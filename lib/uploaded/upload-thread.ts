import type { FlameResult, SandwichResult } from '@/lib/query/flame';
import { ThreadPool } from '@/lib/threads/thread-pool';
import type { UploadedProfile, UploadReader } from './reader';
import type { UploadThreadData } from './upload-thread-data';

/** Reading is cut off after it: a file within the limits whose stacks all differ takes minutes. */
const longestMs = 300_000;
/** A large file takes hundreds of megabytes while it is open; they go with the thread. */
const idleMs = 60_000;

/** Reads uploads in a thread of their own: a file of 64 MB takes seconds, and every other page would wait for it. */
export function createUploadThread(workerUrl: URL, data: UploadThreadData): UploadReader {
  const pool = new ThreadPool(workerUrl, data, {
    threads: 1,
    longestMs,
    idleMs,
    codes: { closed: 'upload.closed', timeout: 'upload.timeout' },
    words: { call: 'reading of the upload', subject: 'the upload reader' },
  });
  // upload.worker.ts calls the UploadReader method of this name, so its answer has that method's type.
  return {
    read: (source) => pool.call('read', [source]) as Promise<UploadedProfile>,
    flame: (source, options) => pool.call('flame', [source, options]) as Promise<FlameResult>,
    sandwich: (source, options) => pool.call('sandwich', [source, options]) as Promise<SandwichResult>,
    close: () => pool.close(),
  };
}
