import { eventType as type } from '../wire/event-types';
import type { ThreadCursor } from '../wire/thread-cursor';
import { disorder, type Machine, type Thread } from './machine';
import type { RangeEdge } from './sink';
import type { Tables } from './tables';

type Kind = RangeEdge['kind'];

/** Open ranges: stop-the-world and mark assist per goroutine, the names of the former kept for their ends. */
export class OpenRanges {
  readonly #worldStops = new Map<number, readonly number[]>();
  readonly #assists = new Set<number>();

  /** What lasts across the loss of a generation is unknown. */
  forget(): void {
    this.#worldStops.clear();
    this.#assists.clear();
  }

  /** Events of the collector and of stopped worlds; the rules and answers are as in goroutine-events.ts. */
  advance(machine: Machine, cursor: ThreadCursor, tables: Tables): boolean {
    const { thread, a, b } = cursor;
    switch (cursor.type) {
      case type.stwBegin: {
        const g = context(thread);
        const open = this.#worldStops.get(g) ?? [];
        const name = tables.string(a);
        if (open.includes(name)) throw disorder('the world is stopped twice for one reason by one goroutine');
        this.#worldStops.set(g, [...open, name]);
        return edge(machine, 'begin', 'stw', g, name, tables.stack(b));
      }
      case type.stwEnd: {
        const g = context(thread);
        const [name, ...open] = this.#worldStops.get(g) ?? [];
        if (name === undefined) throw disorder('the world starts again without having been stopped');
        if (open.length === 0) this.#worldStops.delete(g);
        else this.#worldStops.set(g, open);
        return edge(machine, 'end', 'stw', g, name);
      }
      case type.gcMarkAssistActive:
        return this.#assistActive(machine, a);
      case type.gcMarkAssistBegin: {
        const g = context(thread);
        if (this.#assists.has(g)) throw disorder('a mark assist begins inside one');
        this.#assists.add(g);
        return edge(machine, 'begin', 'mark assist', g, 0, tables.stack(a));
      }
      case type.gcMarkAssistEnd: {
        const g = context(thread);
        if (!this.#assists.delete(g)) throw disorder('a mark assist ends that did not begin');
        return edge(machine, 'end', 'mark assist', g);
      }
      default:
        return cursor.type >= type.gcSweepActive && cursor.type <= type.gcSweepEnd
          ? sweep(machine, cursor, tables)
          : collect(machine, thread, cursor.type, a, tables.stack(cursor.type === type.gcBegin ? b : 0));
    }
  }

  #assistActive(machine: Machine, id: number): boolean {
    const g = machine.goroutineOf.get(id);
    if (g === -1) throw disorder(`a mark assist of goroutine ${id}, which is unknown`);
    const first = machine.generation === machine.initialGeneration;
    if (first === this.#assists.has(g))
      throw disorder(`a mark assist of goroutine ${id} ${first ? 'is stated twice' : 'goes on that did not begin'}`);
    this.#assists.add(g);
    return edge(machine, 'active', 'mark assist', g);
  }
}

/** GCActive, GCBegin, GCEnd: one counter over all generations. */
function collect(machine: Machine, thread: Thread, event: number, sequence: number, stack: number): boolean {
  const known = machine.collecting !== undefined;
  const first = machine.generation === machine.initialGeneration;
  const follows = sequence === machine.collectorSequence + 1;
  if (event === type.gcBegin) {
    if (known && !follows) return false;
    if (known) context(thread);
    if (machine.collecting === true) throw disorder('a mark phase begins inside one');
  } else if (event === type.gcEnd) {
    if (!follows) return false;
    if (machine.collecting !== true) throw disorder('a mark phase ends that did not begin');
    context(thread);
  } else {
    if (!first && !follows) return false;
    if (first ? known : machine.collecting !== true) throw disorder('a mark phase is stated where none can be');
  }
  machine.collecting = event !== type.gcEnd;
  machine.collectorSequence = sequence;
  const step = event === type.gcBegin ? 'begin' : event === type.gcEnd ? 'end' : 'active';
  return edge(machine, step, 'gc mark', -1, 0, stack);
}

function sweep(machine: Machine, cursor: ThreadCursor, tables: Tables): boolean {
  const active = cursor.type === type.gcSweepActive;
  const processor = active ? machine.processors.get(cursor.a) : cursor.thread.processor;
  if (processor === undefined) throw disorder('a sweep without a processor');
  if (active) {
    const first = machine.generation === machine.initialGeneration;
    if (first === processor.sweeping)
      throw disorder(first ? 'a sweep is stated twice' : 'a sweep goes on that did not begin');
    processor.sweeping = true;
    return edge(machine, 'active', 'sweep', processor.id);
  }
  const begins = cursor.type === type.gcSweepBegin;
  if (processor.sweeping === begins)
    throw disorder(begins ? 'a sweep begins inside one' : 'a sweep ends that did not begin');
  processor.sweeping = begins;
  return begins
    ? edge(machine, 'begin', 'sweep', processor.id, 0, tables.stack(cursor.a))
    : edge(machine, 'end', 'sweep', processor.id, 0, 0, cursor.a, cursor.b);
}

function context(thread: Thread): number {
  if (thread.processor === undefined || thread.goroutine === -1)
    throw disorder('an event of a goroutine where none runs');
  return thread.goroutine;
}

function edge(
  machine: Machine,
  step: RangeEdge['edge'],
  kind: Kind,
  scope: number,
  name = 0,
  stack = 0,
  swept = 0,
  reclaimed = 0,
): boolean {
  machine.sink.range(machine.place, { edge: step, kind, scope, name, stack, swept, reclaimed });
  return true;
}
