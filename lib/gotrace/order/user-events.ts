import { eventType as type } from '../wire/event-types';
import type { ThreadCursor } from '../wire/thread-cursor';
import { disorder, type Machine, type Thread } from './machine';
import type { Tables } from './tables';

interface OpenTask {
  readonly parent: number;
  readonly name: number;
}

interface OpenRegion {
  readonly task: number;
  readonly name: number;
}

/** Tasks and regions that the program opened (runtime/trace). They live across generations. */
export class UserState {
  readonly #tasks = new Map<number, OpenTask>();
  readonly #regions = new Map<number, OpenRegion[]>();

  forget(): void {
    this.#tasks.clear();
    this.#regions.clear();
  }

  /** Tasks, regions, logs; none of them waits for another thread. */
  advance(machine: Machine, cursor: ThreadCursor, tables: Tables): boolean {
    const { thread, a, b, c, d } = cursor;
    const g = context(thread);
    switch (cursor.type) {
      case type.userTaskBegin: {
        if (this.#tasks.has(a)) throw disorder(`task ${a} begins twice`);
        const name = tables.string(c);
        this.#tasks.set(a, { parent: b, name });
        machine.sink.task(machine.place, {
          edge: 'begin',
          id: a,
          parent: b,
          name,
          stack: tables.stack(d),
          known: true,
        });
        return true;
      }
      case type.userTaskEnd: {
        const task = this.#tasks.get(a);
        this.#tasks.delete(a);
        const { parent, name } = task ?? { parent: 0, name: 0 };
        machine.sink.task(machine.place, {
          edge: 'end',
          id: a,
          parent,
          name,
          stack: tables.stack(b),
          known: task !== undefined,
        });
        return true;
      }
      case type.userRegionBegin:
      case type.userRegionEnd:
        return this.#region(machine, cursor, g, tables);
      default:
        machine.sink.log(machine.place, a, tables.string(b), tables.string(c), tables.stack(d));
        return true;
    }
  }

  #region(machine: Machine, { type: event, a, b, c }: ThreadCursor, g: number, tables: Tables): boolean {
    const name = tables.string(b);
    const stack = tables.stack(c);
    const open = this.#regions.get(g) ?? [];
    if (event === type.userRegionBegin) {
      open.push({ task: a, name });
      this.#regions.set(g, open);
      machine.sink.region(machine.place, { edge: 'begin', task: a, name, stack });
      return true;
    }
    const innermost = open.pop();
    if (open.length === 0) this.#regions.delete(g);
    if (innermost !== undefined && (innermost.task !== a || innermost.name !== name)) {
      throw disorder('a region ends that is not the innermost');
    }
    machine.sink.region(machine.place, { edge: 'end', task: a, name, stack });
    return true;
  }
}

/** ProcsChange, HeapAlloc, HeapGoal, GoLabel. */
export function advanceNote(machine: Machine, { thread, type: event, a, b }: ThreadCursor, tables: Tables): boolean {
  if (thread.id === -1 || thread.processor === undefined) throw disorder('an event of a processor where none runs');
  const { sink, place } = machine;
  if (event === type.heapAlloc) sink.metric(place, '/memory/classes/heap/objects:bytes', a, 0);
  else if (event === type.heapGoal) sink.metric(place, '/gc/heap/goal:bytes', a, 0);
  else {
    context(thread);
    if (event === type.procsChange) sink.metric(place, '/sched/gomaxprocs:threads', a, tables.stack(b));
    else sink.label(place, tables.string(a));
  }
  return true;
}

function context(thread: Thread): number {
  if (thread.processor === undefined || thread.goroutine === -1)
    throw disorder('an event of a goroutine where none runs');
  return thread.goroutine;
}
