import { goCause, goState, type Trace, type TransitionLog } from '@/lib/gotrace/trace';
import type { StackClasses } from './stack-classes';

/** What a goroutine does in an interval, as lanes and areas show it. */
export const laneStates = [
  'running',
  'runnable',
  'syscall',
  'lock',
  'channel',
  'network',
  'sleep',
  'gc',
  'other',
] as const;
export type LaneState = (typeof laneStates)[number];

const byReason: Readonly<Record<string, LaneState>> = {
  network: 'network',
  sleep: 'sleep',
  select: 'channel',
  'chan send': 'channel',
  'chan receive': 'channel',
  'sync.(*Cond).Wait': 'channel',
  forever: 'channel',
  preempted: 'runnable',
  'GC mark assist wait for work': 'gc',
  'GC background sweeper wait': 'gc',
  'wait until GC ends': 'gc',
  'GC weak to strong wait': 'gc',
};

/** Waits for a channel that may be a timer's. */
const timed: ReadonlySet<string> = new Set(['select', 'chan receive']);

/**
 * The state that begins with a row of the transition log; undefined when the goroutine is gone or nothing is known.
 * A select or receive that no goroutine ended is `sleep`: what else wakes one is a timer, as where a call waits for a
 * time or its context. A wait for a runtime semaphore is `lock` when its stack says so, `channel` for a WaitGroup,
 * `gc` for the runtime's.
 */
export function laneStateOf({ log, symbols }: Trace, row: number, classes: StackClasses): LaneState | undefined {
  switch (log.state[row]) {
    case goState.running:
      return 'running';
    case goState.runnable:
      return 'runnable';
    case goState.syscall:
      return 'syscall';
    case goState.waiting: {
      const reason = symbols.strings[log.reason[row] ?? 0] ?? '';
      if (timed.has(reason) && endedByScheduler(log, row)) return 'sleep';
      const known = byReason[reason];
      if (known !== undefined) return known;
      const stack = log.stack[row] ?? 0;
      const found = classes.wait(stack, reason);
      if (found !== undefined) return found.isLock ? 'lock' : 'channel';
      if (reason === 'sync') return 'gc';
      return byReason[classes.reasonOf(stack)] ?? 'other';
    }
    default:
      return undefined;
  }
}

/** Whether the wait that begins with a row was ended by no goroutine, on no stack: by a timer or the scheduler. */
export function endedByScheduler(log: TransitionLog, row: number): boolean {
  const next = log.next[row] ?? -1;
  return next !== -1 && log.cause[next] === goCause.unblocked && log.by[next] === -1 && log.stack[next] === 0;
}
