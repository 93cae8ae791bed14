import { isLockFamily } from '@/lib/contention/family';
import { hashFields } from '@/lib/contention/identity';
import type { SiteKind } from '@/lib/contention/kind';
import { isNoiseFunction } from '@/lib/contention/noise';
import { defaultWrappers, type StackSite, siteOfStack } from '@/lib/contention/site';
import type { Symbols } from '@/lib/gotrace/trace';
import type { Frame } from '@/lib/profile/profile';
import type { SiteDef } from '@/lib/profile/site';
import { parkFrames, reasonOfStack } from './park-frames';

/** A wait site or a release site, and the lock scope it belongs to. */
export interface StackClass {
  readonly site: SiteDef;
  /** Lock-level row: sites of one family and receiver type share it. */
  readonly scope: SiteDef;
  readonly kind: SiteKind;
  readonly isLock: boolean;
  /** The wait is the re-lock after a Cond wait. */
  readonly viaCond: boolean;
}

const releasedKinds: Partial<Readonly<Record<SiteKind, SiteKind>>> = {
  'Mutex.Unlock': 'Mutex.Lock',
  'RWMutex.Unlock': 'RWMutex.RLock',
  'RWMutex.Unlock (next writer)': 'RWMutex.Lock',
  'RWMutex.RUnlock': 'RWMutex.Lock (readers drain)',
};
/** Selects that are a lock in all but name: golang.org/x/sync/semaphore. */
const semaphoreSelect = /(?:^|\/)golang\.org\/x\/sync\/semaphore\.|\bsemaphore\.\(\*Weighted\)\./;
const condWait = 'sync.(*Cond).Wait';

/** Tells what stacks mean, each stack once. Frames of a trace carry no first line of their function. */
export class StackClasses {
  readonly #symbols: Symbols;
  readonly #wrappers: readonly string[];
  /** By reason, then by stack; null = no wait that is told. */
  readonly #waits = new Map<string, Map<number, StackClass | null>>();
  readonly #releases = new Map<number, StackClass | undefined>();

  constructor(symbols: Symbols, wrappers: readonly string[] = defaultWrappers) {
    this.#symbols = symbols;
    this.#wrappers = wrappers;
  }

  /**
   * The wait of a goroutine that blocked with `reason` ("" = told by the stack), or undefined when it waits for no
   * lock, channel, Cond or WaitGroup: network, sleep, timers and most selects, the runtime's own waits.
   */
  wait(stack: number, reason: string): StackClass | undefined {
    let known = this.#waits.get(reason);
    if (known === undefined) {
      known = new Map();
      this.#waits.set(reason, known);
    }
    let found = known.get(stack);
    if (found === undefined) {
      found = this.#classifyWait(stack, reason) ?? null;
      known.set(stack, found);
    }
    return found ?? undefined;
  }

  /** The block reason that a full stack tells; "" when it tells none. */
  reasonOf(stack: number): string {
    return reasonOfStack(stackFrames(this.#symbols, stack).map((frame) => frame.function));
  }

  /** What the code on a GoUnblock's stack releases; undefined when it is no lock. */
  release(stack: number): StackClass | undefined {
    if (this.#releases.has(stack)) return this.#releases.get(stack);
    const frames = stackFrames(this.#symbols, stack);
    const own = frames.slice(parkFrames(frames.map((frame) => frame.function)));
    const found = own.length === 0 ? undefined : classOf(siteOfStack(own, 'hold', { wrappers: this.#wrappers }));
    const release = found?.isLock === true ? this.#sameSiteForAll(found, own) : undefined;
    this.#releases.set(stack, release);
    return release;
  }

  /** The wait that a release ended when nothing else tells it: kind and lock are known, the wait site is not. */
  waitEndedBy(release: StackClass): StackClass {
    const kind = releasedKinds[release.kind] ?? release.kind;
    const id = hashFields(['unseen wait', kind, release.scope.id.toString(16)]);
    const site: SiteDef = { ...release.scope, id, level: 'site', kind, function: '', lock: release.scope.id };
    return { site, scope: release.scope, kind, isLock: true, viaCond: false };
  }

  /** One Unlock of a writer wakes readers and the next writer through two stacks: its site is that of the readers'. */
  #sameSiteForAll(found: StackClass, frames: readonly Frame[]): StackClass {
    if (found.kind !== 'RWMutex.Unlock (next writer)') return found;
    const outer = frames.slice(frames.findIndex((frame) => frame.function === 'sync.(*RWMutex).Unlock'));
    return { ...found, site: siteOfStack(outer, 'hold', { wrappers: this.#wrappers }).site };
  }

  #classifyWait(stack: number, reason: string): StackClass | undefined {
    const frames = stackFrames(this.#symbols, stack);
    const functions = frames.map((frame) => frame.function);
    const why = reason === '' ? reasonOfStack(functions) : reason;
    if (!['sync', condWait, 'chan send', 'chan receive', 'select'].includes(why)) return undefined;
    if (why === 'select' && !functions.some((name) => semaphoreSelect.test(name))) return undefined;
    const own = frames.slice(parkFrames(functions));
    const viaCond = why === 'sync' && own.some((frame) => frame.function === condWait);
    const kept = viaCond ? own.filter((frame) => frame.function !== condWait) : own;
    if (kept.length === 0) return undefined;
    const found = classOf(siteOfStack(kept, 'wait', { wrappers: this.#wrappers }));
    if (found.kind === 'other' || found.kind === 'runtime lock') return undefined;
    if (!found.isLock && isNoiseFunction(found.site.function)) return undefined;
    return viaCond ? { ...found, viaCond } : found;
  }
}

function classOf({ site, lock }: StackSite): StackClass {
  // siteOfStack makes its sites with kinds of SiteKind only.
  const kind = site.kind as SiteKind;
  return { site, scope: lock, kind, isLock: isLockFamily(site.family), viaCond: false };
}

/** Whether two classes name the same line of code. */
export function sameFrame(a: StackClass, b: StackClass): boolean {
  return a.site.function === b.site.function && a.site.line === b.site.line && a.site.file === b.site.file;
}

/** Frames of a stack, leaf first. */
export function stackFrames(symbols: Symbols, stack: number): Frame[] {
  const { strings, frameFunction, frameFile, frameLine, stackStart, stackFrames: frames } = symbols;
  return Array.from(frames.subarray(stackStart[stack], stackStart[stack + 1]), (frame) => ({
    function: strings[frameFunction[frame] ?? 0] ?? '',
    file: strings[frameFile[frame] ?? 0] ?? '',
    line: frameLine[frame] ?? 0,
    startLine: 0,
  }));
}
