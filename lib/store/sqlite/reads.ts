import { LockscopeError } from '@/lib/errors';
import { SampleReader } from './reader';

export type ReadMethod = Exclude<keyof SampleReader, 'close'>;

/** Where reads run. The answers are those of `SampleReader`. */
export interface Reads {
  call<M extends ReadMethod>(method: M, args: Parameters<SampleReader[M]>): Promise<ReturnType<SampleReader[M]>>;
  close(): Promise<void>;
}

/** Names one method of the reader and its arguments; TypeScript cannot see that the two belong together. */
export function callReader<M extends ReadMethod>(
  reader: SampleReader,
  method: M,
  args: Parameters<SampleReader[M]>,
): ReturnType<SampleReader[M]> {
  // Both come from one ReadMethod M, which the signature above ties together.
  const run = reader[method].bind(reader) as (...args: Parameters<SampleReader[M]>) => ReturnType<SampleReader[M]>;
  return run(...args);
}

/** Reads in this thread: for the command line and tests. */
export class LocalReads implements Reads {
  readonly #reader: SampleReader;
  #closed = false;

  constructor(file: string, cacheBytes: number) {
    this.#reader = new SampleReader(file, cacheBytes);
  }

  async call<M extends ReadMethod>(method: M, args: Parameters<SampleReader[M]>): Promise<ReturnType<SampleReader[M]>> {
    if (this.#closed) throw new LockscopeError('store.closed', 'the sample store is closed');
    return await callReader(this.#reader, method, args);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reader.close();
  }
}
