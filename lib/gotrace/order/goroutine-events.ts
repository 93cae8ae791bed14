import { goCause, goState } from '../trace';
import { eventType as type } from '../wire/event-types';
import type { ThreadCursor } from '../wire/thread-cursor';
import { disorder, type Machine, processorStatus, type Thread } from './machine';
import { undetermined } from './sink';
import type { Tables } from './tables';

/**
 * Goroutine events: the rules are those of Go's own reader (docs/semantics.md). Each returns false when the event must
 * wait for one of another thread, and throws `gotrace.order` when it contradicts what is known.
 */
export function start(machine: Machine, { thread, a, b }: ThreadCursor): boolean {
  const { goroutines } = machine;
  const g = machine.goroutineOf.get(a);
  if (g === -1 || goroutines.status[g] !== goState.runnable || !goroutines.follows(g, machine.generation, b))
    return false;
  if (thread.processor === undefined) throw disorder(`goroutine ${a} starts without a processor`);
  if (thread.goroutine !== -1) throw disorder(`goroutine ${a} starts where one runs`);
  goroutines.sequence[g] = b;
  machine.change(g, goState.runnable, goState.running, goCause.started, 0, 0, 0);
  thread.goroutine = g;
  return true;
}

/** GoStop, GoBlock, GoDestroy: the thread's goroutine ends its run. */
export function endRun(machine: Machine, { thread, type: event, a, b }: ThreadCursor, tables: Tables): boolean {
  const g = running(machine, thread);
  if (event === type.goDestroy) {
    machine.change(g, goState.running, goState.gone, goCause.destroyed, 0, 0, 0);
    machine.goroutineOf.delete(machine.goroutines.id[g] ?? -1);
  } else {
    const stack = tables.stack(b);
    const blocks = event === type.goBlock;
    const to = blocks ? goState.waiting : goState.runnable;
    machine.change(g, goState.running, to, blocks ? goCause.blocked : goCause.stopped, tables.string(a), stack, stack);
  }
  thread.goroutine = -1;
  return true;
}

export function unblock(machine: Machine, { a, b, c }: ThreadCursor, tables: Tables): boolean {
  const { goroutines } = machine;
  const g = machine.goroutineOf.get(a);
  if (g === -1 || goroutines.status[g] !== goState.waiting || !goroutines.follows(g, machine.generation, b))
    return false;
  goroutines.sequence[g] = b;
  machine.change(g, goState.waiting, goState.runnable, goCause.unblocked, 0, 0, tables.stack(c));
  return true;
}

/** GoCreate, GoCreateBlocked. */
export function create(machine: Machine, { thread, type: event, a, b, c }: ThreadCursor, tables: Tables): boolean {
  if (thread.processor === undefined) throw disorder(`goroutine ${a} is created without a processor`);
  if (thread.goroutine !== -1) running(machine, thread);
  const state = event === type.goCreate ? goState.runnable : goState.waiting;
  machine.change(machine.create(a), goState.gone, state, goCause.created, 0, tables.stack(b), tables.stack(c));
  return true;
}

export function createInSyscall(machine: Machine, { thread, a }: ThreadCursor): boolean {
  if (thread.id === -1) throw disorder(`goroutine ${a} appears in a syscall without a thread`);
  if (thread.goroutine !== -1) throw disorder(`goroutine ${a} appears where one runs`);
  const g = machine.create(a);
  machine.change(g, goState.gone, goState.syscall, goCause.created, 0, 0, 0);
  thread.goroutine = g;
  return true;
}

/** GoSwitch, GoSwitchDestroy: the goroutine hands its thread to one that waits. */
export function switchTo(machine: Machine, { thread, type: event, a, b }: ThreadCursor): boolean {
  const { goroutines } = machine;
  const own = running(machine, thread);
  const g = machine.goroutineOf.get(a);
  if (g === -1 || goroutines.status[g] !== goState.waiting || !goroutines.follows(g, machine.generation, b))
    return false;
  goroutines.sequence[g] = b;
  machine.change(g, goState.waiting, goState.runnable, goCause.unblocked, 0, 0, 0);
  if (event === type.goSwitch) machine.change(own, goState.running, goState.waiting, goCause.switchedAway, 0, 0, 0);
  else {
    machine.change(own, goState.running, goState.gone, goCause.destroyed, 0, 0, 0);
    machine.goroutineOf.delete(goroutines.id[own] ?? -1);
  }
  thread.goroutine = -1;
  machine.place.goroutine = -1;
  machine.change(g, goState.runnable, goState.running, goCause.switchedTo, 0, 0, 0);
  thread.goroutine = g;
  return true;
}

export function beginSyscall(machine: Machine, { thread, a, b }: ThreadCursor, tables: Tables): boolean {
  const g = running(machine, thread);
  const { processor } = thread;
  if (processor === undefined) throw disorder('a syscall begins without a processor');
  if (processor.generation !== machine.generation || processor.sequence !== a - 1) {
    throw disorder(`a syscall begins out of order on processor ${processor.id}`);
  }
  processor.sequence = a;
  processor.status = processorStatus.syscall;
  const stack = tables.stack(b);
  machine.change(g, goState.running, goState.syscall, goCause.syscallBegin, 0, stack, stack);
  return true;
}

export function endSyscall(machine: Machine, { thread }: ThreadCursor): boolean {
  const g = inSyscall(machine, thread);
  if (thread.processor?.status !== processorStatus.syscall)
    throw disorder('a syscall ends without the processor it began with');
  thread.processor.status = processorStatus.running;
  machine.change(g, goState.syscall, goState.running, goCause.syscallEnd, 0, 0, 0);
  return true;
}

/** GoSyscallEndBlocked: the processor was lost meanwhile; that loss must have been seen first. */
export function endSyscallBlocked(machine: Machine, { thread }: ThreadCursor): boolean {
  if (thread.processor?.status === processorStatus.syscall) return false;
  const g = inSyscall(machine, thread);
  machine.change(g, goState.syscall, goState.runnable, goCause.syscallEndBlocked, 0, 0, 0);
  thread.goroutine = -1;
  return true;
}

export function destroyInSyscall(machine: Machine, { thread }: ThreadCursor): boolean {
  const g = inSyscall(machine, thread);
  const { processor } = thread;
  if (processor !== undefined) {
    if (processor.status !== processorStatus.syscall)
      throw disorder(`a goroutine ends in a syscall while processor ${processor.id} runs`);
    processor.status = processorStatus.abandoned;
    machine.sink.processor(machine.place, processor.id, 'Running', 'Idle');
    thread.processor = undefined;
  }
  machine.change(g, goState.syscall, goState.gone, goCause.destroyed, 0, 0, 0);
  machine.goroutineOf.delete(machine.goroutines.id[g] ?? -1);
  thread.goroutine = -1;
  return true;
}

/** GoStatus, GoStatusStack: a statement of what holds, not a transition. */
export function status(machine: Machine, { thread, type: event, a, b, c, d }: ThreadCursor, tables: Tables): boolean {
  if (c < goState.runnable || c > goState.waiting) throw disorder(`goroutine ${a} has status ${c}`);
  let g = machine.goroutineOf.get(a);
  let from: number = c;
  if (g === -1) {
    if (machine.generation !== machine.initialGeneration)
      throw disorder(`goroutine ${a} is stated, but was never created`);
    g = machine.introduce(a);
    from = undetermined;
  } else if (machine.goroutines.status[g] !== c) {
    throw disorder(`goroutine ${a} is stated to be in status ${c}, but is in ${machine.goroutines.status[g]}`);
  }
  machine.goroutines.reset(g, machine.generation);
  if (c === goState.running) thread.goroutine = g;
  else if (c === goState.syscall) bindSyscall(machine, thread, g, b);
  const stack = event === type.goStatusStack ? tables.stack(d) : 0;
  machine.change(g, from, c, goCause.status, 0, stack, stack);
  return true;
}

function bindSyscall(machine: Machine, thread: Thread, g: number, threadId: number): void {
  if (threadId < 0) throw disorder('a goroutine in a syscall without a thread');
  if (threadId === thread.id) {
    if (machine.generation !== machine.initialGeneration && thread.goroutine !== g) {
      throw disorder('a goroutine in a syscall on a thread that runs another');
    }
    thread.goroutine = g;
    return;
  }
  const holder = machine.thread(threadId);
  // Go's reader shows the thread that holds it, but the processor of the one that states it.
  machine.place.thread = threadId;
  if (!holder.seen) {
    holder.seen = true;
    holder.goroutine = g;
  } else if (holder.goroutine === g) machine.place.goroutine = g;
  else throw disorder(`a goroutine in a syscall on thread ${threadId}, which has another`);
}

function running(machine: Machine, thread: Thread): number {
  const g = thread.goroutine;
  if (g === -1 || machine.goroutines.status[g] !== goState.running)
    throw disorder('an event of a running goroutine where none runs');
  if (thread.processor === undefined) throw disorder('a goroutine runs without a processor');
  return g;
}

function inSyscall(machine: Machine, thread: Thread): number {
  const g = thread.goroutine;
  if (g === -1 || machine.goroutines.status[g] !== goState.syscall) throw disorder('a syscall ends where none began');
  return g;
}
