import { LockscopeError } from '@/lib/errors';
import type { GenerationTables } from '../wire/generation-tables';
import type { CpuSample } from '../wire/samples';
import { ThreadCursor } from '../wire/thread-cursor';
import { Frontier } from './frontier';
import { disorder, Machine } from './machine';
import { Rules } from './rules';
import type { EventSink } from './sink';
import type { Tables } from './tables';

/**
 * A stall costs a step per thread. Real traces stall a few times in millions of events; these bounds end what would
 * otherwise be quadratic in a damaged file.
 */
const leastStallSteps = 100_000;
const stallStepsPerByte = 50;

/**
 * Puts the events of a trace into causal order, generation by generation, with the algorithm of Go's own reader: the
 * thread with the earliest next event goes first, unless that event must wait for one of another thread. O(events ×
 * log threads).
 */
export class Order {
  readonly machine: Machine;
  readonly #rules: Rules;
  readonly #counts: Uint8Array;
  #stallSteps = 0;

  /** `counts` is `argumentCounts(format)`. */
  constructor(sink: EventSink, counts: Uint8Array) {
    this.machine = new Machine(sink);
    this.#rules = new Rules(this.machine, counts);
    this.#counts = counts;
  }

  /**
   * Sends all events of a generation to the sink and returns how many there were. `bytes` are the file's from
   * `offset`. Throws `gotrace.order` for a contradiction, `gotrace.missing` for what it lacks, and what decoding throws; the machine is then
   * between states: call `forget`.
   */
  generation(number: number, decoded: GenerationTables, bytes: Uint8Array, offset: number): number {
    const { machine } = this;
    if (machine.initialGeneration === -1) machine.initialGeneration = number;
    machine.generation = number;
    const frontier = this.#frontier(decoded, bytes, offset);
    const tables = tablesOf(decoded);
    const { samples } = decoded;
    let nextSample = 0;
    let events = samples.length;
    this.#stallSteps = leastStallSteps + stallStepsPerByte * bytes.length;
    for (;;) {
      const head = frontier.at(0);
      const sample = samples[nextSample];
      if (sample !== undefined && (head === undefined || sample.time < head.time)) {
        this.#sample(sample, tables);
        nextSample += 1;
        continue;
      }
      if (head === undefined) {
        machine.settle();
        return events;
      }
      if (!this.#advanceAt(frontier, 0, head, tables)) this.#advanceAnother(frontier, tables);
      events += 1;
    }
  }

  /** Starts anew after a generation was lost; `goroutines` of them were known before it. */
  forget(goroutines: number): void {
    this.machine.forget(goroutines);
    this.#rules.forget();
  }

  #frontier(decoded: GenerationTables, bytes: Uint8Array, offset: number): Frontier {
    const cursors = new Map<number, ThreadCursor>();
    for (const batch of decoded.events) {
      let cursor = cursors.get(batch.thread);
      if (cursor === undefined) {
        cursor = new ThreadCursor(this.machine.thread(batch.thread), bytes, offset, this.#counts);
        cursors.set(batch.thread, cursor);
      }
      cursor.add(batch);
    }
    const frontier = new Frontier();
    for (const cursor of cursors.values()) if (cursor.next()) frontier.insert(cursor);
    return frontier;
  }

  #advanceAnother(frontier: Frontier, tables: Tables): void {
    this.#stallSteps -= frontier.size;
    if (this.#stallSteps < 0) throw disorder('the events of too many threads wait for each other');
    frontier.sort();
    for (let index = 1; index < frontier.size; index += 1) {
      const cursor = frontier.at(index);
      if (cursor !== undefined && this.#advanceAt(frontier, index, cursor, tables)) return;
    }
    const stuck = frontier.at(0);
    throw new LockscopeError('gotrace.missing', 'no thread can go on: an event that others wait for is missing', {
      ...(stuck === undefined ? {} : { place: stuck.place }),
    });
  }

  #advanceAt(frontier: Frontier, index: number, cursor: ThreadCursor, tables: Tables): boolean {
    if (!this.#advance(cursor, tables)) return false;
    if (cursor.next()) frontier.update(index);
    else frontier.remove(index);
    return true;
  }

  /** False when the event must wait for one of another thread. */
  #advance(cursor: ThreadCursor, tables: Tables): boolean {
    const { machine } = this;
    const { thread } = cursor;
    machine.setPlace(thread, cursor.time);
    thread.seen = true;
    try {
      const advanced = this.#rules.advance(cursor, tables);
      if (thread.id === -1) {
        thread.goroutine = -1;
        thread.processor = undefined;
      }
      return advanced;
    } catch (error) {
      if (!(error instanceof LockscopeError) || error.place !== undefined) throw error;
      throw new LockscopeError(error.code, error.message, { place: cursor.place });
    }
  }

  #sample({ time, thread, processor: p, goroutine: g, stack }: CpuSample, tables: Tables): void {
    const { place, sink, goroutineOf } = this.machine;
    place.time = time;
    place.thread = thread;
    place.processor = p;
    place.goroutine = g < 0 ? -1 : goroutineOf.get(g);
    sink.sample(place, g, tables.stack(stack));
  }
}

function tablesOf({ strings, stacks }: GenerationTables): Tables {
  return {
    string(id) {
      const known = id < 0 ? -1 : strings.get(id);
      if (known === -1) throw new LockscopeError('gotrace.missing', `string ${id} is missing`);
      return known;
    },
    stack(id) {
      if (id === 0) return 0;
      const known = id < 0 ? -1 : stacks.get(id);
      if (known === -1) throw new LockscopeError('gotrace.missing', `stack ${id} is missing`);
      return known;
    },
  };
}
