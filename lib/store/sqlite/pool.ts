import { ThreadPool } from '@/lib/threads/thread-pool';
import type { ReadWorkerData } from './read-message';
import type { SampleReader } from './reader';
import type { ReadMethod, Reads } from './reads';

/**
 * Read threads. A read longer than `longestMs` is ended with its thread (`store.timeout`): an old read transaction
 * would keep the write-ahead log from shrinking.
 */
export class ReadPool implements Reads {
  readonly #threads: ThreadPool;

  constructor(workerUrl: URL, data: ReadWorkerData, options: { readonly threads: number; readonly longestMs: number }) {
    this.#threads = new ThreadPool(workerUrl, data, {
      ...options,
      codes: { closed: 'store.closed', timeout: 'store.timeout' },
      words: { call: 'read', subject: 'the sample store' },
    });
  }

  call<M extends ReadMethod>(method: M, args: Parameters<SampleReader[M]>): Promise<ReturnType<SampleReader[M]>> {
    // The worker runs SampleReader[method] on these very arguments, so its answer has that method's type.
    return this.#threads.call(method, args) as Promise<ReturnType<SampleReader[M]>>;
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
