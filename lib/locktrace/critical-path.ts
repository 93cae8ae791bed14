import { goCause, goState, type Trace } from '@/lib/gotrace/trace';
import { type LaneState, laneStateOf } from './lane-state';
import { type StackClasses, stackFrames } from './stack-classes';

/** A stretch of a request's time, and the goroutine it depended on meanwhile. */
export interface PathStep {
  /** Index into `Trace.goroutines`. */
  readonly goroutine: number;
  readonly state: LaneState;
  /** First frame of the program's own code where the goroutine waited; "" when no stack tells. */
  readonly function: string;
  readonly fromNs: number;
  readonly toNs: number;
  /** How many wake-ups away from the request's own goroutine. */
  readonly depth: number;
}

export interface CriticalPath {
  /** In order of time, without gaps but for what the trace does not know. */
  readonly steps: readonly PathStep[];
  /** Wake-ups that were not followed further: chains deeper than 64, or back to a goroutine already on the chain. */
  readonly cut: number;
}

interface Stretch {
  readonly goroutine: number;
  readonly fromNs: number;
  readonly toNs: number;
  readonly chain: readonly number[];
  /** The wait that the goroutine ended; undefined for the request's own. */
  readonly ended?: PathStep;
}

/** Visits the intervals of a goroutine inside a stretch, in any order, by their rows in the trace's log. */
interface Intervals {
  each(
    goroutine: number,
    fromNs: number,
    toNs: number,
    visit: (row: number, startNs: number, endNs: number) => void,
  ): void;
}

const deepest = 64;

/**
 * What a request was waiting for at each moment: its goroutine's own running, its starving for a processor, and during
 * its waits whatever the goroutine that ended them did, and so on along the wake-ups. Exact, for each wake-up names its
 * goroutine. O(steps log rows).
 */
export function criticalPath(
  trace: Trace,
  request: { readonly goroutine: number; readonly fromNs: number; readonly toNs: number },
  tools: { readonly intervals: Intervals; readonly classes: StackClasses },
): CriticalPath {
  const steps: PathStep[] = [];
  let cut = 0;
  const todo: Stretch[] = [{ ...request, chain: [request.goroutine] }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { goroutine, fromNs, toNs, chain, ended } = next;
    let seenNs = toNs;
    tools.intervals.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
      seenNs = Math.min(seenNs, startNs);
      const state = laneStateOf(trace, row, tools.classes);
      if (state === undefined) return;
      const waker = wakerOf(trace, row);
      const where = waitsIn(trace, row, tools.classes);
      const step = { goroutine, state, function: where, fromNs: startNs, toNs: endNs, depth: chain.length - 1 };
      const follow = waker >= 0 && !chain.includes(waker) && chain.length < deepest;
      if (follow) todo.push({ goroutine: waker, fromNs: startNs, toNs: endNs, chain: [...chain, waker], ended: step });
      else {
        if (waker >= 0) cut += 1;
        steps.push(step);
      }
    });
    // Until the goroutine that ended a wait was there, nothing but the wait itself is known.
    if (ended !== undefined && seenNs > fromNs) steps.push({ ...ended, toNs: seenNs });
  }
  steps.sort((a, b) => a.fromNs - b.fromNs || a.depth - b.depth);
  return { steps: merged(steps), cut };
}

/** The goroutine that ended the wait beginning with a row; -1 when it is no wait, or the scheduler ended it. */
function wakerOf({ log }: Trace, row: number): number {
  if (log.state[row] !== goState.waiting) return -1;
  const woken = log.next[row] ?? -1;
  return woken >= 0 && log.cause[woken] === goCause.unblocked ? (log.by[woken] ?? -1) : -1;
}

function waitsIn(trace: Trace, row: number, classes: StackClasses): string {
  const { log, symbols } = trace;
  const stack = log.stack[row] ?? 0;
  if (stack === 0 || log.state[row] === goState.runnable) return '';
  const found = classes.wait(stack, symbols.strings[log.reason[row] ?? 0] ?? '');
  if (found !== undefined) return found.site.function;
  const frames = stackFrames(symbols, stack);
  return (
    (frames.find((frame) => !/^(?:runtime|sync|internal\/[\w/]+|syscall|time|net)\./.test(frame.function)) ?? frames[0])
      ?.function ?? ''
  );
}

/** Neighbours of one goroutine, state and place become one step. */
function merged(steps: readonly PathStep[]): PathStep[] {
  const result: PathStep[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    const joins =
      last?.goroutine === step.goroutine &&
      last.state === step.state &&
      last.function === step.function &&
      last.toNs >= step.fromNs;
    if (joins && last !== undefined) result[result.length - 1] = { ...last, toNs: Math.max(last.toNs, step.toNs) };
    else result.push(step);
  }
  return result;
}
