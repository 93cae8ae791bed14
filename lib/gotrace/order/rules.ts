import { eventType as type } from '../wire/event-types';
import type { ThreadCursor } from '../wire/thread-cursor';
import * as goroutine from './goroutine-events';
import { disorder, type Machine } from './machine';
import * as processor from './processor-events';
import { OpenRanges } from './range-events';
import type { Tables } from './tables';
import { advanceNote, UserState } from './user-events';

/** The rule of each event: whether it can happen now, whether it contradicts what is known, and what it changes. */
export class Rules {
  readonly #machine: Machine;
  readonly #counts: Uint8Array;
  readonly #ranges = new OpenRanges();
  readonly #user = new UserState();

  /** `counts` is `argumentCounts(format)`. */
  constructor(machine: Machine, counts: Uint8Array) {
    this.#machine = machine;
    this.#counts = counts;
  }

  /** What lasts across the loss of a generation is unknown. */
  forget(): void {
    this.#ranges.forget();
    this.#user.forget();
  }

  /** False when the event must wait for one of another thread. Throws `gotrace.order`, and for names that are missing. */
  advance(cursor: ThreadCursor, tables: Tables): boolean {
    const machine = this.#machine;
    switch (cursor.type) {
      case type.goStart:
        return goroutine.start(machine, cursor);
      case type.goDestroy:
      case type.goStop:
      case type.goBlock:
        return goroutine.endRun(machine, cursor, tables);
      case type.goUnblock:
        return goroutine.unblock(machine, cursor, tables);
      case type.goSyscallBegin:
        return goroutine.beginSyscall(machine, cursor, tables);
      case type.goSyscallEnd:
        return goroutine.endSyscall(machine, cursor);
      case type.goSyscallEndBlocked:
        return goroutine.endSyscallBlocked(machine, cursor);
      case type.procStart:
        return processor.start(machine, cursor);
      case type.procStop:
        return processor.stop(machine, cursor);
      case type.procSteal:
        return processor.steal(machine, cursor);
      case type.procStatus:
        return processor.status(machine, cursor);
      case type.goCreate:
      case type.goCreateBlocked:
        return goroutine.create(machine, cursor, tables);
      case type.goCreateSyscall:
        return goroutine.createInSyscall(machine, cursor);
      case type.goDestroySyscall:
        return goroutine.destroyInSyscall(machine, cursor);
      case type.goStatus:
      case type.goStatusStack:
        return goroutine.status(machine, cursor, tables);
      case type.goSwitch:
      case type.goSwitchDestroy:
        return goroutine.switchTo(machine, cursor);
      case type.heapAlloc:
      case type.heapGoal:
      case type.procsChange:
      case type.goLabel:
        return advanceNote(machine, cursor, tables);
      default:
        if (cursor.type >= type.firstExperimental) return this.#experimental(cursor);
        if (cursor.type >= type.userTaskBegin) return this.#user.advance(machine, cursor, tables);
        return this.#ranges.advance(machine, cursor, tables);
    }
  }

  #experimental({ thread, type: event, a, b, c }: ThreadCursor): boolean {
    if (thread.id === -1) throw disorder('an event of an experiment without a thread');
    const count = this.#counts[event] ?? 0;
    this.#machine.sink.experimental(this.#machine.place, event, [a, b, c].slice(0, count));
    return true;
  }
}
