import { LockscopeError } from '@/lib/errors';
import type { Thread } from '../order/machine';
import type { Batch } from './batches';
import { ByteReader } from './byte-reader';
import { eventName } from './event-types';

/** Times beyond are damage: they could not be told apart exactly. */
const maxTime = 2 ** 53;

/**
 * The events of one thread in one generation, one at a time: `next` decodes into the fields. Arguments beyond the
 * event's count keep old values.
 */
export class ThreadCursor {
  readonly thread: Thread;
  type = 0;
  /** Clock units. */
  time = 0;
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  readonly #reader: ByteReader;
  readonly #batches: Batch[] = [];
  readonly #counts: Uint8Array;
  readonly #offset: number;
  #batch = 0;

  /** `bytes` begin at file offset `offset`; `counts` is `argumentCounts(format)`. */
  constructor(thread: Thread, bytes: Uint8Array, offset: number, counts: Uint8Array) {
    this.thread = thread;
    this.#reader = new ByteReader(bytes, 0, 0, offset);
    this.#counts = counts;
    this.#offset = offset;
  }

  add(batch: Batch): void {
    this.#batches.push(batch);
  }

  /** False at the end. Throws `gotrace.event` for an unknown event, and what reading integers throws. */
  next(): boolean {
    const reader = this.#reader;
    while (reader.position >= reader.end) {
      const batch = this.#batches[this.#batch];
      if (batch === undefined) return false;
      this.#batch += 1;
      reader.position = batch.offset - this.#offset;
      reader.end = reader.position + batch.size;
      this.time = batch.time;
    }
    const type = reader.byte();
    const count = this.#counts[type] ?? 255;
    if (count === 255) {
      throw new LockscopeError('gotrace.event', `${eventName(type)} (type ${type}) among the events of a thread`, {
        place: this.place,
      });
    }
    this.type = type;
    const delta = reader.varint();
    this.time += delta;
    if (delta < 0 || this.time >= maxTime)
      throw new LockscopeError('gotrace.event', `${eventName(type)} at time ${this.time}`, { place: this.place });
    if (count > 0) this.a = reader.varint();
    if (count > 1) this.b = reader.varint();
    if (count > 2) this.c = reader.varint();
    if (count > 3) this.d = reader.varint();
    return true;
  }

  /** Where the reader stands, for errors. */
  get place(): string {
    return `byte ${this.#offset + this.#reader.position}, thread ${this.thread.id}`;
  }
}
