import { Worker } from 'node:worker_threads';
import { LockscopeError } from '@/lib/errors';
import type { IngestConfig } from './config';
import type { DecodeAnswer, DecodeRequest } from './decode-message';
import { createLocalDecoder, type Decoder } from './decoder';
import type { ReadJob } from './profile-reader';

/**
 * Bodies from this size on are decoded in the worker. A usual profile (3 kB) takes 0.16 ms where it is; through the
 * worker it takes 0.23 ms, 0.03 of them here, so at 250 profiles a second this thread would be busy for 1 instead of
 * 4 % of the time, and the process for half as much again. Above the limit one profile would hold up every page for more than 5 ms.
 * All through the worker is right when this thread, not the machine, is what runs out: hundreds of services on many cores.
 */
export const workerFromBytes = 64 * 1_024;

/** Decodes small profiles on this thread and large ones in a worker thread, started when the first one comes. */
export function createDecoder(config: IngestConfig, workerUrl: URL | undefined): Decoder {
  const local = createLocalDecoder(config);
  if (workerUrl === undefined) return local;
  const remote = createWorkerDecoder(config, workerUrl);
  const place = (job: ReadJob) => (job.bytes.length < workerFromBytes ? local : remote);
  return {
    read: (job) => place(job).read(job),
    inspect: (job) => place(job).inspect(job),
    forgetDefinitions() {
      local.forgetDefinitions();
      remote.forgetDefinitions();
    },
    close: remote.close,
  };
}

interface Pending {
  resolve(answer: DecodeAnswer): void;
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
      pending.get(answer.id)?.resolve(answer);
      pending.delete(answer.id);
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

  function ask(does: 'read' | 'inspect', job: ReadJob): Promise<DecodeAnswer> {
    return new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      // A copy that is given away: the body may share its memory with other parts of the request.
      const bytes = new Uint8Array(job.bytes);
      post({ id, does, job: { ...job, bytes } }, [bytes.buffer]);
    });
  }

  return {
    async read(job) {
      const answer = await ask('read', job);
      if ('profile' in answer) return answer.profile;
      throw errorOf(answer);
    },
    async inspect(job) {
      const answer = await ask('inspect', job);
      if ('inspection' in answer) return answer.inspection;
      throw errorOf(answer);
    },
    forgetDefinitions() {
      if (worker !== undefined) post({ forget: true });
    },
    async close() {
      await worker?.terminate();
    },
  };
}

function errorOf(answer: DecodeAnswer): LockscopeError {
  if (!('code' in answer)) return new LockscopeError('ingest.worker', 'the decoding thread answered something else');
  const { code, message, place } = answer;
  return new LockscopeError(code, message, place === undefined ? {} : { place });
}
