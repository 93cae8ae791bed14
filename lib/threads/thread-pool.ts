import { Worker } from 'node:worker_threads';
import { LockscopeError } from '@/lib/errors';
import type { CallRequest, CallResponse } from './call-message';

export interface ThreadPoolOptions {
  readonly threads: number;
  /** A call longer than this is ended with its thread. */
  readonly longestMs: number;
  /** A thread without calls for so long is ended, and what it remembers goes with it; undefined keeps it. */
  readonly idleMs?: number;
  /** Error code of a call that came too late or lost its thread, and of one that took too long. */
  readonly codes: { readonly closed: string; readonly timeout: string };
  /** What a call does and to what, for messages: `read`, `the sample store`. */
  readonly words: { readonly call: string; readonly subject: string };
}

interface Job {
  readonly request: CallRequest;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Slot {
  worker: Worker | undefined;
  job: Job | undefined;
  /** Of the call that runs, else until the thread has idled long enough. */
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads that answer calls, one at a time each. A free thread with the lowest number takes the next call, so that one
 * after the other finds what the thread remembers; threads start when they are first needed.
 */
export class ThreadPool {
  readonly #workerUrl: URL;
  readonly #workerData: unknown;
  readonly #options: ThreadPoolOptions;
  readonly #slots: Slot[];
  readonly #queue: Job[] = [];
  #lastId = 0;
  #closed = false;

  constructor(workerUrl: URL, workerData: unknown, options: ThreadPoolOptions) {
    this.#workerUrl = workerUrl;
    this.#workerData = workerData;
    this.#options = options;
    this.#slots = Array.from({ length: options.threads }, () => ({
      worker: undefined,
      job: undefined,
      timer: undefined,
    }));
  }

  /** Rejects with what the method throws in the thread, with its code and place, and with the codes of the options. */
  call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closedError());
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#queue.push({ request: { id: this.#lastId, method, args }, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.job !== undefined) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      clearTimeout(slot.timer);
      slot.job = job;
      slot.worker ??= this.#start(slot);
      slot.timer = setTimeout(() => this.#cut(slot), this.#options.longestMs);
      slot.worker.postMessage(job.request);
    }
  }

  #start(slot: Slot): Worker {
    const worker = new Worker(this.#workerUrl, { workerData: this.#workerData });
    worker.on('message', (response: CallResponse) => {
      const job = slot.job;
      if (job === undefined || job.request.id !== response.id) return;
      this.#free(slot);
      if ('result' in response) job.resolve(response.result);
      else job.reject(toError(response.error));
      this.#dispatch();
    });
    worker.on('error', (error) => this.#lose(slot, worker, error));
    worker.on('exit', () =>
      this.#lose(
        slot,
        worker,
        new LockscopeError(this.#options.codes.closed, `a ${this.#options.words.call} thread ended`),
      ),
    );
    worker.unref();
    return worker;
  }

  #free(slot: Slot): void {
    clearTimeout(slot.timer);
    slot.job = undefined;
    const { idleMs } = this.#options;
    if (idleMs !== undefined) slot.timer = setTimeout(() => this.#end(slot), idleMs).unref();
  }

  #end(slot: Slot): void {
    const { worker } = slot;
    slot.worker = undefined;
    void worker?.terminate();
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
    const { codes, words, longestMs } = this.#options;
    this.#lose(slot, worker, new LockscopeError(codes.timeout, `the ${words.call} took longer than ${longestMs} ms`));
    void worker.terminate();
  }

  #closedError(): LockscopeError {
    return new LockscopeError(this.#options.codes.closed, `${this.#options.words.subject} is closed`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(this.#closedError());
    await Promise.all(this.#slots.map(({ worker }) => worker?.terminate()));
    for (const { timer } of this.#slots) clearTimeout(timer);
  }
}

function toError(error: { code: string | undefined; message: string; place: string | undefined }): unknown {
  if (error.code === undefined) return new Error(error.message);
  return new LockscopeError(error.code, error.message, error.place === undefined ? {} : { place: error.place });
}
