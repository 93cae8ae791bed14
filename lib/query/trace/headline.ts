import { type Convoy, holdStart } from '@/lib/locktrace/lock-trace';
import { holdParts, mostOf } from './hold-parts';
import { waitEnd } from './lock-lanes';
import type { TraceHeadline } from './result';
import { modeName, siteOf, startName } from './tile-holds';
import { known } from './tile-waits';
import type { TraceView } from './trace-view';

/**
 * The stall that a trace is about: the costliest convoy at a lock, else the hold that ended most waiting, else the
 * longest wait, whose holder is then unknown. Undefined when nothing waited for a lock.
 */
export function headlineOf(view: TraceView): TraceHeadline | undefined {
  const { locks, convoys } = view.kept.head;
  const convoy = convoys.find(({ lock }) => locks[lock]?.isLock === true);
  const hold = convoy === undefined ? costliestHold(view) : holdOf(view, convoy);
  if (hold !== undefined) return ofHold(view, hold, convoy);
  return ofWait(view);
}

function costliestHold(view: TraceView): number | undefined {
  const { holds, head } = view.kept;
  let best: number | undefined;
  for (let hold = 0; hold < holds.count; hold += 1) {
    if (head.locks[holds.lock[hold] ?? 0]?.isLock !== true) continue;
    if ((holds.waitReleasedNs[hold] ?? 0) > (holds.waitReleasedNs[best ?? -1] ?? 0)) best = hold;
  }
  return best;
}

function holdOf(view: TraceView, { lock, atNs, culprit }: Convoy): number | undefined {
  const { holds } = view.kept;
  for (let hold = 0; hold < holds.count; hold += 1) {
    const same = holds.lock[hold] === lock && holds.certainNs[hold] === atNs && holds.site[hold] === culprit.site;
    if (same && holds.goroutine[hold] === culprit.goroutine) return hold;
  }
  return undefined;
}

function ofHold(view: TraceView, hold: number, convoy: Convoy | undefined): TraceHeadline {
  const { holds, waits, head } = view.kept;
  const lock = head.locks[holds.lock[hold] ?? 0];
  const goroutine = holds.goroutine[hold] ?? 0;
  const certainNs = holds.certainNs[hold] ?? 0;
  const end = known(holds.endNs[hold]);
  const endNs = end ?? head.durationNs;
  const start = startName(holds.start[hold]);
  const woken = wokenBy(view, hold);
  const victims = convoy?.victims ?? woken.length;
  const granted = woken.map((wait) => waits.grantedNs[wait] ?? endNs);
  const began = woken.reduce((first, wait) => Math.min(first, waits.beginNs[wait] ?? first), certainNs);
  const window = {
    fromNs: Math.min(started(view, hold), began),
    toNs: granted.reduce((a, b) => Math.max(a, b), endNs),
  };
  const holder = siteOf(view, holds.site[hold] ?? 0).function;
  const parts = holdParts(view, { goroutine, fromNs: certainNs, toNs: endNs, holder });
  return {
    lock: lock?.id ?? '',
    lockName: lock?.name ?? '',
    mode: modeName(holds.mode[hold]),
    holder,
    goroutine: view.id(goroutine),
    holdNs: start === 'unknown' ? undefined : endNs - certainNs,
    start,
    ...waitersOf(view, holds.lock[hold] ?? 0, woken.length >= victims ? woken : undefined, window),
    victims,
    wokenWithinNs: granted.length > 0 ? Math.max(...granted) - Math.min(...granted) : undefined,
    doing: parts.length === 0 ? undefined : view.doing(goroutine, certainNs, endNs),
    kind: convoy?.kind,
    released: end !== null,
    woke: holds.woke[hold] ?? 0,
    most: mostOf(parts),
    followed: end === null ? undefined : followedBy(view, woken, endNs, holds.lock[hold] ?? 0),
    longestWaitNs: longestOf(view, woken, window),
    ...padded(window, head.durationNs),
  };
}

function wokenBy(view: TraceView, hold: number): number[] {
  const { hold: ended } = view.kept.waits;
  const woken: number[] = [];
  for (let wait = ended.indexOf(hold); wait >= 0; wait = ended.indexOf(hold, wait + 1)) woken.push(wait);
  return woken;
}

/** The earliest that a hold can have begun as far as the picture goes: an unknown one begins where it ends. */
function started(view: TraceView, hold: number): number {
  const { holds } = view.kept;
  return (holds.start[hold] === holdStart.exact ? holds.startNs[hold] : holds.certainNs[hold]) ?? 0;
}

interface Window {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Wait site with most waits, and what all of them are: of the woken when these are all, else of those in the window. */
function waitersOf(
  view: TraceView,
  lock: number,
  woken: readonly number[] | undefined,
  { fromNs, toNs }: Window,
): Pick<TraceHeadline, 'waiter' | 'waiting'> {
  const { waits } = view.kept;
  const sites = [...view.lockLanes(lock).sites]
    .map(([number, { depth }]) => ({
      site: siteOf(view, number),
      waits: woken?.filter((wait) => waits.site[wait] === number).length ?? depth.within(fromNs, toNs),
    }))
    .filter(({ waits }) => waits > 0)
    .sort((a, b) => b.waits - a.waits);
  const all = (kind: string) => sites.length > 0 && sites.every(({ site }) => site.kind.startsWith(kind));
  const waiting = all('RWMutex.RLock') ? 'readers' : all('RWMutex.Lock') ? 'writers' : 'goroutines';
  return { waiter: sites[0]?.site.function ?? '', waiting };
}

/** Longest of the waits that a release ended; when it ended none, that of all that waited in the window, at most it. */
function longestOf(view: TraceView, woken: readonly number[], { fromNs, toNs }: Window): number {
  const { waits, head } = view.kept;
  const length = (wait: number) => waitEnd(waits, wait, head.durationNs) - (waits.beginNs[wait] ?? 0);
  return woken.length === 0 ? toNs - fromNs : woken.reduce((most, wait) => Math.max(most, length(wait)), 0);
}

/** A twentieth more on both sides, inside the trace. */
function padded({ fromNs, toNs }: Window, durationNs: number): Window {
  const more = Math.max((toNs - fromNs) / 20, 1_000);
  return { fromNs: Math.max(Math.floor(fromNs - more), 0), toNs: Math.min(Math.ceil(toNs + more), durationNs) };
}

/** Where two or more of the woken waited next, within the time that the release took them to get going. */
function followedBy(view: TraceView, woken: readonly number[], endNs: number, lock: number): TraceHeadline['followed'] {
  const { waits, head } = view.kept;
  const met = new Map<number, { goroutines: Set<number>; drainedNs: number }>();
  for (const wait of woken) {
    const goroutine = waits.goroutine[wait] ?? 0;
    const next = view.waitsOf(goroutine).find((row) => (waits.beginNs[row] ?? 0) >= (waits.grantedNs[wait] ?? endNs));
    if (next === undefined) continue;
    const at = waits.lock[next] ?? 0;
    if (at === lock || head.locks[at]?.isLock !== true || (waits.beginNs[next] ?? 0) > endNs + followNs) continue;
    const found = met.get(at) ?? { goroutines: new Set<number>(), drainedNs: 0 };
    met.set(at, found);
    found.goroutines.add(goroutine);
    found.drainedNs = Math.max(found.drainedNs, waitEnd(waits, next, head.durationNs) - endNs);
  }
  const [first] = [...met].sort(([, a], [, b]) => b.goroutines.size - a.goroutines.size);
  if (first === undefined || first[1].goroutines.size < 2) return undefined;
  const named = head.locks[first[0]];
  const goroutines = first[1].goroutines.size;
  return { lock: named?.id ?? '', lockName: named?.name ?? '', goroutines, drainNs: first[1].drainedNs };
}

/** Waits that begin this long after a release are counted as its consequence. */
const followNs = 50e6;

function ofWait(view: TraceView): TraceHeadline | undefined {
  const { waits, head } = view.kept;
  let longest: number | undefined;
  let longestNs = -1;
  for (let wait = 0; wait < waits.count; wait += 1) {
    if (head.locks[waits.lock[wait] ?? 0]?.isLock !== true) continue;
    const ns = waitEnd(waits, wait, head.durationNs) - (waits.beginNs[wait] ?? 0);
    if (ns <= longestNs) continue;
    longest = wait;
    longestNs = ns;
  }
  if (longest === undefined) return undefined;
  const number = waits.lock[longest] ?? 0;
  const lock = head.locks[number];
  const window = { fromNs: waits.beginNs[longest] ?? 0, toNs: waitEnd(waits, longest, head.durationNs) };
  return {
    lock: lock?.id ?? '',
    lockName: lock?.name ?? '',
    mode: 'other',
    holder: undefined,
    goroutine: undefined,
    holdNs: undefined,
    start: 'unknown',
    ...waitersOf(view, number, undefined, window),
    victims: lock?.queue.max ?? 1,
    wokenWithinNs: undefined,
    doing: undefined,
    kind: undefined,
    released: false,
    woke: 0,
    most: undefined,
    followed: undefined,
    longestWaitNs: longestNs,
    ...padded(window, head.durationNs),
  };
}
