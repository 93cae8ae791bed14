import { goCause, goState, type Trace } from '@/lib/gotrace/trace';
import { AttemptTable } from './attempt-table';
import type { BurstTable } from './burst-table';
import { ClassNumbers } from './class-numbers';
import { waitFlag } from './lock-trace';
import { LoggedNames } from './logged-names';
import { Releases } from './releases';
import { type StackClass, type StackClasses, sameFrame } from './stack-classes';

/** A woken waiter that loses the race blocks again within this time; measured 0.13-5 µs, up to 40 µs when starved of CPU. */
const reblockNs = 10_000;
/** Kinds whose call can block again after being woken. */
const reblocking = new Set(['Mutex.Lock', 'RWMutex.Lock', 'RWMutex.RLock', 'sync.Map', 'Once.Do', 'sync.Pool']);
const drains = 'RWMutex.Lock (readers drain)';
const none = -1;
/** In place of an attempt: the goroutine waited before the trace, and what wakes it will tell whether for a lock. */
const untold = -2;

/** What one pass over the transitions finds. */
export interface Scan {
  readonly attempts: AttemptTable;
  readonly bursts: BurstTable;
  readonly classes: ClassNumbers;
}

/**
 * Finds waits, what ended them, and which belong together, in one pass in causal order: O(transitions). The rules are
 * those of docs/semantics.md, "Execution traces".
 */
export function scanWaits(trace: Trace, classes: StackClasses): Scan {
  return new WaitScan(trace, classes).run();
}

class WaitScan {
  readonly #trace: Trace;
  readonly #classes: ClassNumbers;
  readonly #attempts = new AttemptTable();
  readonly #releases: Releases;
  readonly #names: LoggedNames;
  /** Per goroutine: the attempt it is in, or was in until its newest transition. */
  readonly #current: Int32Array;
  /** Per goroutine: its newest transition, and the newest row that it emitted about another one. */
  readonly #newest: Int32Array;
  readonly #emitted: Int32Array;
  /**
   * Per goroutine: the latest time of its attempts so far. Where threads' clocks differ, nothing comes before what
   * happened before it: what seems to have lasted less than no time lasted 0 ns, and lengths add up.
   */
  readonly #latestNs: Float64Array;

  constructor(trace: Trace, classes: StackClasses) {
    const { count } = trace.goroutines;
    this.#trace = trace;
    this.#classes = new ClassNumbers(classes, trace.symbols);
    this.#releases = new Releases(this.#classes, this.#attempts, count);
    this.#names = new LoggedNames(trace);
    this.#current = new Int32Array(count).fill(none);
    this.#newest = new Int32Array(count).fill(none);
    this.#emitted = new Int32Array(count).fill(none);
    this.#latestNs = new Float64Array(count);
  }

  run(): Scan {
    const { count, goroutine, state, cause, by } = this.#trace.log;
    const current = this.#current;
    const newest = this.#newest;
    const emitted = this.#emitted;
    for (let row = 0; row < count; row += 1) {
      const g = goroutine[row] ?? 0;
      const now = state[row];
      if (now === goState.waiting) this.#blocks(row, g);
      else if (now === goState.runnable && cause[row] === goCause.unblocked) this.#unblocks(row, g);
      else if (now === goState.running) {
        if ((current[g] ?? none) >= 0) this.#runs(row, g);
      } else this.#leaves(row, g);
      newest[g] = row;
      const emitter = by[row] ?? none;
      if (emitter !== none) emitted[emitter] = row;
    }
    this.#attempts.finish(this.#trace.durationNs);
    return { attempts: this.#attempts, bursts: this.#releases.bursts, classes: this.#classes };
  }

  #blocks(row: number, g: number): void {
    const { log } = this.#trace;
    const attempts = this.#attempts;
    const stack = log.stack[row] ?? 0;
    const stated = log.cause[row] === goCause.status;
    const found = this.#classes.wait(stack, log.reason[row] ?? 0);
    if (found === none) {
      this.#current[g] = stated && stack === 0 ? untold : none;
      return;
    }
    const timeNs = this.#after(g, log.timeNs[row] ?? 0);
    const waits = this.#classes.all[found];
    let attempt = this.#current[g] ?? none;
    if (attempt >= 0 && this.#sameCall(attempt, waits, stack, g, timeNs)) attempts.countBlock(attempt);
    else {
      const flags = (stated ? waitFlag.beganBefore : 0) | (waits?.viaCond === true ? waitFlag.viaCond : 0);
      attempt = attempts.add(found, g, stack, timeNs, flags);
      const named = waits?.isLock === true && !stated;
      const name = named ? this.#names.after(this.#newest[g] ?? none, this.#emitted[g] ?? none) : undefined;
      if (name !== undefined) attempts.names.set(attempt, name);
    }
    this.#current[g] = attempt;
    if (waits?.kind === drains) attempts.drains.set(attempt, { beginNs: timeNs, endNs: Number.NaN });
    attempts.block(attempt, timeNs);
  }

  /** Whether a block continues the call that was woken last: nothing happened between, by or about the goroutine. */
  #sameCall(last: number, found: StackClass | undefined, stack: number, g: number, timeNs: number): boolean {
    const attempts = this.#attempts;
    const started = this.#newest[g] ?? none;
    if (this.#trace.log.state[started] !== goState.running || (this.#emitted[g] ?? none) > started) return false;
    if (this.#names.follow(started)) return false;
    const before = this.#classes.all[attempts.classOf[last] ?? 0];
    if (before === undefined || found === undefined) return false;
    if (found.kind === drains && before.kind === 'RWMutex.Lock') return sameFrame(before, found);
    const close = timeNs - (attempts.acquiredNs[last] ?? 0) <= reblockNs;
    return close && attempts.stack[last] === stack && reblocking.has(found.kind);
  }

  #unblocks(row: number, g: number): void {
    const { log } = this.#trace;
    const attempts = this.#attempts;
    let attempt = this.#current[g] ?? none;
    if (attempt === none) return;
    const by = log.by[row] ?? none;
    const byStack = log.stack[row] ?? 0;
    const release = by === none ? none : this.#classes.release(byStack);
    if (attempt === untold) {
      attempt = this.#told(g, release);
      this.#current[g] = attempt;
      if (attempt === none) return;
    }
    const releasedNs = this.#released(by, log.timeNs[row] ?? 0);
    attempts.wake(attempt, this.#after(g, releasedNs), by, byStack);
    if (release === none) return;
    const { all, scopes, joined } = this.#classes;
    const found = attempts.classOf[attempt] ?? 0;
    if (all[found]?.site.family !== all[release]?.site.family) return;
    joined.union(scopes[found] ?? 0, scopes[release] ?? 0);
    this.#releases.wake(release, attempt, log, row, releasedNs, this.#newest[by] ?? none, this.#acquired(by));
  }

  /** The attempt of a goroutine that waited before the trace, now that it is woken; -1 when it was for no lock. */
  #told(g: number, release: number): number {
    const found = this.#classes.all[release];
    if (found === undefined) return none;
    const attempts = this.#attempts;
    const beganNs = this.#after(g, this.#trace.log.timeNs[this.#newest[g] ?? none] ?? 0);
    const attempt = attempts.add(this.#classes.waitEndedBy(found), g, 0, beganNs, waitFlag.beganBefore);
    attempts.block(attempt, beganNs);
    return attempt;
  }

  /** The attempt that a goroutine acquired with its newest transition; -1 for none. */
  #acquired(g: number): number {
    const attempt = this.#current[g] ?? none;
    return attempt >= 0 && !Number.isNaN(this.#attempts.acquiredNs[attempt]) ? attempt : none;
  }

  /** A goroutine in an attempt runs. */
  #runs(row: number, g: number): void {
    const { log } = this.#trace;
    const attempt = this.#current[g] ?? none;
    if (Number.isNaN(this.#attempts.grantedNs[attempt])) return;
    const woken = log.cause[this.#newest[g] ?? none] === goCause.unblocked;
    if (woken) this.#attempts.acquire(attempt, this.#after(g, log.timeNs[row] ?? 0));
    else this.#current[g] = none;
  }

  /** When something happened to a goroutine, by all that is known of it. */
  #after(g: number, timeNs: number): number {
    const latestNs = this.#latestNs[g] ?? 0;
    if (timeNs < latestNs) return latestNs;
    this.#latestNs[g] = timeNs;
    return timeNs;
  }

  /** When goroutine `by` woke another; behind the acquisition that it seems to come before, so that both keep their order. */
  #released(by: number, timeNs: number): number {
    const latestNs = by === none ? 0 : (this.#latestNs[by] ?? 0);
    return timeNs < latestNs ? Math.min(latestNs + 1, this.#trace.durationNs) : timeNs;
  }

  /** A goroutine that stops, ends, or enters a syscall is in no attempt any more. */
  #leaves(row: number, g: number): void {
    const { log, symbols } = this.#trace;
    const attempts = this.#attempts;
    const attempt = this.#current[g] ?? none;
    this.#current[g] = none;
    if (log.cause[row] === goCause.stopped) {
      if ((this.#emitted[g] ?? none) <= (this.#newest[g] ?? none)) return;
      const woken = this.#releases.handedOver(g, log.stack[row] ?? 0, symbols);
      if (woken !== none) attempts.flag(woken, waitFlag.handoff);
    } else if (log.state[row] === goState.unknown && attempt >= 0 && Number.isNaN(attempts.acquiredNs[attempt])) {
      const timeNs = log.timeNs[row] ?? 0;
      attempts.cut(attempt, timeNs);
      if (Number.isNaN(attempts.grantedNs[attempt])) attempts.grantedNs[attempt] = timeNs;
    }
  }
}
