import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { errorCode, errorMessage } from '@/lib/errors';
import type { ReadRequest, ReadResponse } from './read-message';
import { SampleReader } from './reader';
import { callReader } from './reads';

/** Entry of a read thread: one read-only connection, one request at a time. */
const { file, cacheBytes } = z.object({ file: z.string(), cacheBytes: z.number() }).parse(workerData);
const reader = new SampleReader(file, cacheBytes);

parentPort?.on('message', (request: ReadRequest) => {
  parentPort?.postMessage(answer(request));
});

function answer({ id, method, args }: ReadRequest): ReadResponse {
  try {
    // The pool built method and args from one typed call (pool.ts).
    return { id, result: callReader(reader, method, args as Parameters<SampleReader[typeof method]>) };
  } catch (error) {
    const place =
      typeof error === 'object' && error !== null && 'place' in error && typeof error.place === 'string'
        ? error.place
        : undefined;
    return { id, error: { code: errorCode(error), message: errorMessage(error), place } };
  }
}
