import type { ThreadCursor } from '../wire/thread-cursor';
import { disorder, type Machine, maxProcessors, type Processor, processorStatus, shownProcessorState } from './machine';

/** Processor events; the rules and answers are as in goroutine-events.ts. */
export function start(machine: Machine, { thread, a, b }: ThreadCursor): boolean {
  const processor = machine.processors.get(a);
  if (processor === undefined || processor.status !== processorStatus.idle || !follows(machine, processor, b))
    return false;
  if (thread.processor !== undefined) return false;
  if (thread.id === -1) throw disorder(`processor ${a} starts without a thread`);
  processor.sequence = b;
  processor.status = processorStatus.running;
  machine.sink.processor(machine.place, processor.id, 'Idle', 'Running');
  thread.processor = processor;
  return true;
}

export function stop(machine: Machine, { thread }: ThreadCursor): boolean {
  const { processor } = thread;
  if (processor === undefined) throw disorder('a processor stops where none runs');
  if (processor.status !== processorStatus.running && processor.status !== processorStatus.syscall) {
    throw disorder(`processor ${processor.id} stops, but does not run`);
  }
  machine.sink.processor(machine.place, processor.id, shownProcessorState(processor.status), 'Idle');
  processor.status = processorStatus.idle;
  thread.processor = undefined;
  return true;
}

export function steal(machine: Machine, { thread, a, b, c }: ThreadCursor): boolean {
  const processor = machine.processors.get(a);
  if (processor === undefined || !follows(machine, processor, b)) return false;
  const { status } = processor;
  if (status !== processorStatus.syscall && status !== processorStatus.abandoned) return false;
  if (status === processorStatus.syscall) {
    const victim = c === thread.id ? thread : machine.threads.get(c);
    if (victim?.processor !== processor) throw disorder(`processor ${a} is taken from thread ${c}, which has it not`);
    victim.processor = undefined;
  }
  processor.sequence = b;
  processor.status = processorStatus.idle;
  machine.sink.processor(machine.place, processor.id, shownProcessorState(status), 'Idle');
  return true;
}

/** A statement of what holds, not a transition. */
export function status(machine: Machine, { thread, a, b }: ThreadCursor): boolean {
  if (b < processorStatus.running || b > processorStatus.abandoned || a < 0)
    throw disorder(`processor ${a} has status ${b}`);
  let processor = machine.processors.get(a);
  if (processor === undefined) {
    if (machine.processors.size === maxProcessors) throw disorder(`more than ${maxProcessors} processors`);
    processor = { id: a, status: b, generation: machine.generation, sequence: 0, sweeping: false };
    machine.processors.set(a, processor);
    const from = machine.generation === machine.initialGeneration ? 'Undetermined' : 'NotExist';
    machine.sink.processor(machine.place, a, from, shownProcessorState(b));
  } else {
    const given = b === processorStatus.abandoned && processor.status === processorStatus.syscall;
    if (processor.status !== b && !given)
      throw disorder(`processor ${a} is stated to be in status ${b}, but is in ${processor.status}`);
    if (given) placeAtHolder(machine, processor);
    processor.generation = machine.generation;
    processor.sequence = 0;
    const shown = shownProcessorState(processor.status);
    machine.sink.processor(machine.place, a, shown, shown);
  }
  if (b === processorStatus.running || b === processorStatus.syscall) thread.processor = processor;
  return true;
}

/** Another thread states a processor that is about to be taken: Go's reader shows that at the thread which has it. */
function placeAtHolder(machine: Machine, processor: Processor): void {
  for (const thread of machine.threads.values()) {
    if (thread.processor === processor) machine.setPlace(thread, machine.place.time);
  }
}

function follows(machine: Machine, processor: Processor, sequence: number): boolean {
  return processor.generation === machine.generation && processor.sequence === sequence - 1;
}
