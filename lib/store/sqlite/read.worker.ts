import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { answerCalls } from '@/lib/threads/answer-calls';
import { SampleReader } from './reader';
import { callReader, type ReadMethod } from './reads';

/** Entry of a read thread: one read-only connection, one request at a time. */
const { file, cacheBytes } = z.object({ file: z.string(), cacheBytes: z.number() }).parse(workerData);
const reader = new SampleReader(file, cacheBytes);

answerCalls((method, args) =>
  // The pool built method and args from one typed call (pool.ts).
  callReader(reader, method as ReadMethod, args as Parameters<SampleReader[ReadMethod]>),
);
