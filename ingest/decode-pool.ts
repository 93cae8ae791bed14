import { Worker } from 'node:worker_threads';
import { LockscopeError } from '@/lib/errors';
import type { IngestConfig } from './config';
import type { DecodeAnswer, DecodeRequest } from './decode-message';
import { createLocalDecoder, type Decoder } from './decoder';
import type { ReadJob, ReadProfile } from './profile-reader';

/**
 * Bodies from this size on are decoded in the worker. Below it the hop costs more than it frees: a usual profile
 * (3 kB) is read in 0.15 ms, and to post it and its windows takes 0.1 ms of the same thread (bench/ingest.ts).
 * Above it one profile would hold up every page for longer than 5 ms.
 */
export const workerFromBytes = 64 * 1_024;

/** Decodes small profiles on this thread and large ones in a worker thread, started when the first one comes. */
export function createDecoder(config: IngestConfig, workerUrl: URL | undefined): Decoder {
  const local = createLocalDecoder(config);
  if (workerUrl === undefined) return local;
  const remote = createWorkerDecoder(config, workerUrl);
  return {
    read: (job) => (job.bytes.length < workerFromBytes ? local.read(job) : remote.read(job)),
    forgetDefinitions() {
      local.forgetDefinitions();
      remote.forgetDefinitions();
    },
    close: remote.close,
  };
}

interface Pending {
  resolve(profile: ReadProfile): void;
  reject(error: unknown): void;
}

/** One worker: jobs are answered in order, and a worker that died is replaced when the next job comes. */
export function createWorkerDecoder(config: IngestConfig, workerUrl: URL): Decoder {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let worker: Worker | undefined;

  function start(): Worker {
    const { limits, podLabels, buildLabels, wrappers } = config;
    const started = new Worker(workerUrl, { workerData: { limits, podLabels, buildLabels, wrappers } });
    started.on('message', (answer: DecodeAnswer) => {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if ('profile' in answer) waiting?.resolve(answer.profile);
      else
        waiting?.reject(
          new LockscopeError(answer.code, answer.message, answer.place === undefined ? {} : { place: answer.place }),
        );
    });
    started.on('error', (error) => console.error('decode worker failed:', error));
    started.on('exit', () => {
      worker = undefined;
      for (const { reject } of pending.values())
        reject(new LockscopeError('ingest.worker', 'the decoding thread ended'));
      pending.clear();
    });
    // Waiting clients keep the process alive, an idle worker must not.
    started.unref();
    return started;
  }

  function post(request: DecodeRequest, transfer: ArrayBuffer[] = []): void {
    worker ??= start();
    worker.postMessage(request, transfer);
  }

  return {
    read(job: ReadJob) {
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        // A copy that is given away: the body may share its memory with other parts of the request.
        const bytes = new Uint8Array(job.bytes);
        post({ id, job: { ...job, bytes } }, [bytes.buffer]);
      });
    },
    forgetDefinitions() {
      if (worker !== undefined) post({ forget: true });
    },
    async close() {
      await worker?.terminate();
    },
  };
}
