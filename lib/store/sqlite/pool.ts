import { Worker } from 'node:worker_threads';
import { LockscopeError } from '@/lib/errors';
import type { ReadRequest, ReadResponse, ReadWorkerData } from './read-message';
import type { SampleReader } from './reader';
import type { ReadMethod, Reads } from './reads';

interface Job {
  readonly request: ReadRequest;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Slot {
  worker: Worker | undefined;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Read threads. A free thread with the lowest number takes the next job, so that one after the other finds what the
 * thread remembers. A read longer than `longestMs` is ended with its thread (`store.timeout`): an old read
 * transaction would keep the write-ahead log from shrinking.
 */
export class ReadPool implements Reads {
  readonly #workerUrl: URL;
  readonly #data: ReadWorkerData;
  readonly #longestMs: number;
  readonly #slots: Slot[];
  readonly #queue: Job[] = [];
  #lastId = 0;
  #closed = false;

  constructor(workerUrl: URL, data: ReadWorkerData, options: { readonly threads: number; readonly longestMs: number }) {
    this.#workerUrl = workerUrl;
    this.#data = data;
    this.#longestMs = options.longestMs;
    this.#slots = Array.from({ length: options.threads }, () => ({
      worker: undefined,
      job: undefined,
      timer: undefined,
    }));
  }

  call<M extends ReadMethod>(method: M, args: Parameters<SampleReader[M]>): Promise<ReturnType<SampleReader[M]>> {
    if (this.#closed) return Promise.reject(new LockscopeError('store.closed', 'the sample store is closed'));
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const request = { id: this.#lastId, method, args };
      // The worker runs SampleReader[method] on these very arguments, so its answer has that method's type.
      this.#queue.push({ request, resolve: resolve as (result: unknown) => void, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.job !== undefined) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      slot.job = job;
      slot.worker ??= this.#start(slot);
      slot.timer = setTimeout(() => this.#cut(slot), this.#longestMs);
      slot.worker.postMessage(job.request);
    }
  }

  #start(slot: Slot): Worker {
    const worker = new Worker(this.#workerUrl, { workerData: this.#data });
    worker.on('message', (response: ReadResponse) => {
      const job = slot.job;
      if (job === undefined || job.request.id !== response.id) return;
      this.#free(slot);
      if ('result' in response) job.resolve(response.result);
      else job.reject(toError(response.error));
      this.#dispatch();
    });
    worker.on('error', (error) => this.#lose(slot, worker, error));
    worker.on('exit', () => this.#lose(slot, worker, new LockscopeError('store.closed', 'a read thread ended')));
    worker.unref();
    return worker;
  }

  #free(slot: Slot): void {
    clearTimeout(slot.timer);
    slot.job = undefined;
  }

  #lose(slot: Slot, worker: Worker, error: unknown): void {
    if (slot.worker !== worker) return;
    slot.worker = undefined;
    const job = slot.job;
    this.#free(slot);
    job?.reject(error);
    this.#dispatch();
  }

  #cut(slot: Slot): void {
    const { worker } = slot;
    if (worker === undefined) return;
    this.#lose(slot, worker, new LockscopeError('store.timeout', `the read took longer than ${this.#longestMs} ms`));
    void worker.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0))
      job.reject(new LockscopeError('store.closed', 'the sample store is closed'));
    await Promise.all(this.#slots.map(({ worker }) => worker?.terminate()));
  }
}

function toError(error: { code: string | undefined; message: string; place: string | undefined }): unknown {
  if (error.code === undefined) return new Error(error.message);
  return new LockscopeError(error.code, error.message, error.place === undefined ? {} : { place: error.place });
}
