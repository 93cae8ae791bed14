import { goCause, goState, type Trace } from '@/lib/gotrace/trace';
import { AttemptTable } from './attempt-table';
import { BurstTable } from './burst-table';
import { waitFlag } from './lock-trace';
import { type StackClass, type StackClasses, stackFrames } from './stack-classes';
import { UnionFind } from './union-find';

/** A woken waiter that loses the race blocks again within this time; measured 0.13-5 µs, up to 40 µs when starved of CPU. */
const reblockNs = 10_000;
/** Kinds whose call can block again after being woken. */
const reblocking = new Set(['Mutex.Lock', 'RWMutex.Lock', 'RWMutex.RLock', 'sync.Map', 'Once.Do', 'sync.Pool']);
const drains = 'RWMutex.Lock (readers drain)';
const none = -1;

/** What one pass over the transitions finds. */
export interface Scan {
  readonly attempts: AttemptTable;
  readonly bursts: BurstTable;
  /** Joins lock scopes that release edges connect: by the number of a scope in `scopes`. */
  readonly scopes: ReadonlyMap<bigint, number>;
  readonly joined: UnionFind;
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
  readonly #classes: StackClasses;
  readonly #attempts: AttemptTable;
  readonly #bursts = new BurstTable();
  readonly #scopes = new Map<bigint, number>();
  readonly #joined = new UnionFind();
  /** Per goroutine: the attempt it is in, or was in until its newest transition. */
  readonly #current: Int32Array;
  /** Per goroutine: its newest transition, and the newest row that it emitted about another one. */
  readonly #newest: Int32Array;
  readonly #emitted: Int32Array;
  readonly #burst: Int32Array;
  /** Per goroutine: the attempt it acquired with its newest transition. */
  readonly #acquired: Int32Array;
  /** Per goroutine: the attempt that it woke last. */
  readonly #woken: Int32Array;
  readonly #named: ReadonlyMap<number, number>;

  constructor(trace: Trace, classes: StackClasses) {
    this.#trace = trace;
    this.#attempts = new AttemptTable(waitingRows(trace));
    this.#classes = classes;
    const perGoroutine = () => new Int32Array(trace.goroutines.count).fill(none);
    this.#current = perGoroutine();
    this.#newest = perGoroutine();
    this.#emitted = perGoroutine();
    this.#burst = perGoroutine();
    this.#acquired = perGoroutine();
    this.#woken = perGoroutine();
    this.#named = namesByRow(trace);
  }

  run(): Scan {
    const { log } = this.#trace;
    for (let row = 0; row < log.count; row += 1) {
      const g = log.goroutine[row] ?? 0;
      const state = log.state[row];
      if (state === goState.waiting) this.#blocks(row, g);
      else if (state === goState.runnable && log.cause[row] === goCause.unblocked) this.#unblocks(row, g);
      else if (state === goState.running) this.#runs(row, g);
      else this.#leaves(row, g);
      this.#newest[g] = row;
      if (state !== goState.running) this.#acquired[g] = none;
      this.#burst[g] = none;
      const by = log.by[row] ?? none;
      if (by !== none) this.#emitted[by] = row;
    }
    this.#finish();
    return { attempts: this.#attempts, bursts: this.#bursts, scopes: this.#scopes, joined: this.#joined };
  }

  #blocks(row: number, g: number): void {
    const { log, symbols } = this.#trace;
    const attempts = this.#attempts;
    const timeNs = log.timeNs[row] ?? 0;
    const stack = log.stack[row] ?? 0;
    const stated = log.cause[row] === goCause.status;
    const found = this.#classes.wait(stack, symbols.strings[log.reason[row] ?? 0] ?? '');
    const last = this.#current[g] ?? none;
    this.#current[g] = none;
    if (found === undefined) {
      // A goroutine that waited before the trace may wait for a lock all the same: what wakes it will tell.
      if (stated && stack === 0) this.#current[g] = -2;
      return;
    }
    if (last >= 0 && this.#sameCall(last, found, stack, g, timeNs)) {
      attempts.blocks.set(last, attempts.blocks.at(last) + 1);
      this.#current[g] = last;
    } else {
      const flags = (stated ? waitFlag.beganBefore : 0) | (found.viaCond ? waitFlag.viaCond : 0);
      this.#current[g] = attempts.add(found, g, stack, timeNs, flags);
      this.#scope(found);
      const name = found.isLock && !stated ? this.#nameFor(g) : undefined;
      if (name !== undefined) attempts.setName(this.#current[g] ?? 0, name);
    }
    const attempt = this.#current[g] ?? 0;
    if (found.kind === drains) attempts.drains.set(attempt, { beginNs: timeNs, endNs: Number.NaN });
    attempts.grantedNs.set(attempt, Number.NaN);
    attempts.acquiredNs.set(attempt, Number.NaN);
    // Until the wake-up, blockedNs holds the time before this block, less where it began.
    attempts.blockedNs.set(attempt, attempts.blockedNs.at(attempt) - timeNs);
  }

  /** The name that a goroutine logged last, unless it woke somebody since: then it is past the lock that it named. */
  #nameFor(g: number): number | undefined {
    const logged = this.#named.get(this.#newest[g] ?? none);
    if (logged === undefined) return undefined;
    const { log, logs } = this.#trace;
    const emitted = this.#emitted[g] ?? none;
    const past = emitted >= 0 && (log.timeNs[emitted] ?? 0) > (logs.timeNs[logged] ?? 0);
    return past ? undefined : logs.value[logged];
  }

  /** Whether a block continues the call that was woken last: nothing happened between, by or about the goroutine. */
  #sameCall(last: number, found: StackClass, stack: number, g: number, timeNs: number): boolean {
    const attempts = this.#attempts;
    const started = this.#newest[g] ?? none;
    if (this.#trace.log.state[started] !== goState.running || (this.#emitted[g] ?? none) > started) return false;
    if (this.#named.has(started)) return false;
    const before = attempts.classes[last];
    if (before === undefined) return false;
    if (found.kind === drains && before.kind === 'RWMutex.Lock') return sameFrame(before, found);
    const close = timeNs - attempts.acquiredNs.at(last) <= reblockNs;
    return close && attempts.stack.at(last) === stack && reblocking.has(found.kind);
  }

  #unblocks(row: number, g: number): void {
    const { log } = this.#trace;
    const attempts = this.#attempts;
    const timeNs = log.timeNs[row] ?? 0;
    const byStack = log.stack[row] ?? 0;
    const by = log.by[row] ?? none;
    const release = by === none ? undefined : this.#classes.release(byStack);
    let attempt = this.#current[g] ?? none;
    if (attempt === -2) {
      attempt = none;
      if (release !== undefined) {
        const ended = this.#classes.waitEndedBy(release);
        const beganNs = log.timeNs[this.#newest[g] ?? none] ?? 0;
        attempt = attempts.add(ended, g, 0, beganNs, waitFlag.beganBefore);
        attempts.blockedNs.set(attempt, -beganNs);
        this.#scope(ended);
      }
      this.#current[g] = attempt;
    }
    if (attempt < 0) return;
    attempts.blockedNs.set(attempt, attempts.blockedNs.at(attempt) + timeNs);
    attempts.grantedNs.set(attempt, timeNs);
    attempts.by.set(attempt, by + 1);
    attempts.byStack.set(attempt, byStack);
    const drain = attempts.drains.get(attempt);
    if (drain !== undefined && Number.isNaN(drain.endNs)) drain.endNs = timeNs;
    const waits = attempts.classes[attempt];
    if (release === undefined || waits === undefined || waits.site.family !== release.site.family) return;
    this.#joined.union(this.#scope(waits), this.#scope(release));
    this.#wake(release, attempt, row, by, timeNs, byStack);
  }

  #wake(release: StackClass, attempt: number, row: number, by: number, timeNs: number, byStack: number): void {
    const bursts = this.#bursts;
    const attempts = this.#attempts;
    let burst = this.#burst[by] ?? none;
    const before = bursts.classes[burst];
    if (before === undefined || !sameUnlock(before, release)) {
      burst = bursts.add(release, by, byStack, row, timeNs);
      this.#burst[by] = burst;
      const held = this.#acquired[by] ?? none;
      const holds = attempts.classes[held]?.site;
      if (holds?.family === release.site.family && holds.function === release.site.function) {
        attempts.episodes.union(held, attempt);
        this.#acquired[by] = none; // what it acquired is released now
      }
    } else attempts.episodes.union(bursts.woken.at(this.#firstWoken(burst)), attempt);
    bursts.wake(burst, attempt, timeNs);
    attempts.burst.set(attempt, burst + 1);
    this.#woken[by] = attempt;
  }

  /** Index in `woken` of the newest attempt that a burst woke: bursts of several goroutines interleave. */
  #firstWoken(burst: number): number {
    let at = this.#bursts.woken.length - 1;
    while (at > 0 && this.#bursts.wokenBurst.at(at) !== burst) at -= 1;
    return at;
  }

  #runs(row: number, g: number): void {
    const { log } = this.#trace;
    const attempts = this.#attempts;
    const attempt = this.#current[g] ?? none;
    this.#acquired[g] = none;
    if (attempt < 0 || Number.isNaN(attempts.grantedNs.at(attempt))) return;
    if (log.cause[this.#newest[g] ?? none] !== goCause.unblocked) {
      this.#current[g] = none;
      return;
    }
    const timeNs = log.timeNs[row] ?? 0;
    attempts.acquiredNs.set(attempt, timeNs);
    attempts.wakeupNs.set(attempt, attempts.wakeupNs.at(attempt) + timeNs - attempts.grantedNs.at(attempt));
    this.#acquired[g] = attempt;
  }

  /** A goroutine that stops, ends, or enters a syscall is in no attempt any more. */
  #leaves(row: number, g: number): void {
    const { log } = this.#trace;
    const attempt = this.#current[g] ?? none;
    if (log.state[row] === goState.unknown && attempt >= 0 && Number.isNaN(this.#attempts.acquiredNs.at(attempt))) {
      const timeNs = log.timeNs[row] ?? 0;
      this.#cut(attempt, timeNs);
      if (Number.isNaN(this.#attempts.grantedNs.at(attempt))) this.#attempts.grantedNs.set(attempt, timeNs);
    }
    this.#current[g] = none;
    if (log.cause[row] === goCause.stopped) this.#handsOff(row, g);
  }

  /** A mutex in starvation mode goes straight to the waiter woken last: its releaser yields inside Unlock. */
  #handsOff(row: number, g: number): void {
    const { log, symbols } = this.#trace;
    const woken = this.#woken[g] ?? none;
    if (woken === none || this.#emittedLast(g) === false) return;
    const stack = stackFrames(symbols, log.stack[row] ?? 0);
    const yields = stack.some(
      (frame) => frame.function === 'runtime.semrelease1' || frame.function === 'runtime.goyield',
    );
    if (yields && stack.some((frame) => frame.function.endsWith('(*Mutex).unlockSlow')))
      this.#attempts.flag(woken, waitFlag.handoff);
  }

  /** Whether the goroutine woke someone after its own newest transition. */
  #emittedLast(g: number): boolean {
    return (this.#emitted[g] ?? none) > (this.#newest[g] ?? none);
  }

  /** What lasted when nothing more is known of it. */
  #cut(attempt: number, timeNs: number): void {
    const attempts = this.#attempts;
    const granted = attempts.grantedNs.at(attempt);
    if (Number.isNaN(granted)) attempts.blockedNs.set(attempt, attempts.blockedNs.at(attempt) + timeNs);
    else attempts.wakeupNs.set(attempt, attempts.wakeupNs.at(attempt) + Math.max(timeNs - granted, 0));
    attempts.flag(attempt, waitFlag.unfinished);
  }

  #scope(found: StackClass): number {
    const known = this.#scopes.get(found.scope.id);
    if (known !== undefined) return known;
    const number = this.#joined.add();
    this.#scopes.set(found.scope.id, number);
    return number;
  }

  /** Closes what had not ended with the trace. */
  #finish(): void {
    const attempts = this.#attempts;
    for (let attempt = 0; attempt < attempts.count; attempt += 1) {
      const open =
        Number.isNaN(attempts.acquiredNs.at(attempt)) && (attempts.flags.at(attempt) & waitFlag.unfinished) === 0;
      if (open) this.#cut(attempt, this.#trace.durationNs);
    }
  }
}

/** A writer's Unlock wakes all readers and then the next writer; any other call wakes one goroutine. */
function sameUnlock(before: StackClass, next: StackClass): boolean {
  return before.kind === 'RWMutex.Unlock' && next.site.family === before.site.family && sameFrame(before, next);
}

function sameFrame(a: StackClass, b: StackClass): boolean {
  return a.site.function === b.site.function && a.site.line === b.site.line && a.site.file === b.site.file;
}

/** Index in the logs of the newest name logged under the key `lock`, by the row of the transition that it follows. */
function namesByRow({ logs, symbols }: Trace): Map<number, number> {
  const names = new Map<number, number>();
  for (let i = 0; i < logs.count; i += 1) {
    if (symbols.strings[logs.key[i] ?? 0] === 'lock') names.set(logs.afterRow[i] ?? none, i);
  }
  return names;
}

function waitingRows({ log }: Trace): number {
  let rows = 0;
  for (let row = 0; row < log.count; row += 1) if (log.state[row] === goState.waiting) rows += 1;
  return rows;
}
