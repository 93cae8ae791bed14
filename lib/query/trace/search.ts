import { goCause } from '@/lib/gotrace/trace';
import { laneStates } from '@/lib/locktrace/lane-state';
import { waitEnd } from './lock-lanes';
import { LongestPage } from './longest-page';
import type { TraceSearchResult } from './result';
import { parseSearch, type SearchQuery, type SearchState } from './search-query';
import { siteOf } from './tile-holds';
import { shortLabel, type TraceView } from './trace-view';

const rowsPerPage = 50;

/**
 * Waits and intervals that a search names, longest first, 50 from `offset` on. A wait for a lock, channel, Cond or
 * WaitGroup is one row however often it was blocked again; other intervals are rows of their own. The Go runtime's own
 * goroutines are found by `g:` only. O(waits + intervals). Throws `trace.search-word`.
 */
export function searchTrace(
  view: TraceView,
  text: string,
  { offset = 0 }: { readonly offset?: number } = {},
): TraceSearchResult {
  const query = parseSearch(text);
  // Waits are numbered 0.., rows of the log behind them.
  const page = new LongestPage(offset + rowsPerPage);
  addWaits(view, query, page);
  if (query.lock === undefined) addIntervals(view, query, page);
  const rows = page.rows().slice(offset);
  return { query: text, total: page.total, offset, rows: rows.map((row) => rowOf(view, row)) };
}

function addWaits(view: TraceView, query: SearchQuery, page: LongestPage): void {
  const { waits, head } = view.kept;
  const bySite = head.sites.map((site) => query.state === undefined || isWaitOf(query.state, site.kind));
  const byLock = head.locks.map(
    (lock) => query.lock === undefined || lock.id === query.lock || lock.name.toLowerCase().includes(query.lock),
  );
  const isLock = head.locks.map((lock) => lock.isLock);
  const byStack = stackTest(view, query.fn);
  const goroutine = wanted(view, query);
  for (let wait = 0; wait < waits.count; wait += 1) {
    const g = waits.goroutine[wait] ?? 0;
    if (goroutine !== undefined && g !== goroutine) continue;
    const lock = waits.lock[wait] ?? 0;
    const site = waits.site[wait] ?? 0;
    if (query.state === 'lock' ? isLock[lock] !== true : bySite[site] !== true) continue;
    if (byLock[lock] !== true) continue;
    const ns = endOf(view, wait) - (waits.beginNs[wait] ?? 0);
    if (ns < query.longerNs || ns > query.shorterNs) continue;
    if (byStack(waits.stack[wait] ?? 0) || contains(view.name(g), query.fn)) page.add(wait, ns);
  }
}

/** Acquisition; the last wake-up or the trace's end when none is seen. */
function endOf(view: TraceView, wait: number): number {
  const { waits, head } = view.kept;
  const acquired = waits.acquiredNs[wait] ?? Number.NaN;
  return Number.isNaN(acquired) ? waitEnd(waits, wait, head.durationNs) : acquired;
}

function addIntervals(view: TraceView, query: SearchQuery, page: LongestPage): void {
  const { log, kinds, goroutines, waits, head } = view.kept;
  const byStack = stackTest(view, query.fn);
  const byKind = Uint8Array.from(kinds.lane, (lane, kind) => Number(isKindOf(view, query.state, lane, kind)));
  const stackOfKind = Uint8Array.from(kinds.stack, (stack, kind) =>
    Number(query.fn === undefined || (ownStack(kinds.cause[kind]) && byStack(stack))),
  );
  const only = wanted(view, query);
  const [begin, end] = only === undefined ? [0, goroutines.count] : [only, only + 1];
  const lastTick = Math.round(head.durationNs / head.tickNs);
  for (let g = begin; g < end; g += 1) {
    if (only === undefined && goroutines.runtime[g] === 1) continue;
    const named = query.fn !== undefined && contains(view.name(g), query.fn);
    const last = log.first[g + 1] ?? 0;
    for (let row = log.first[g] ?? 0; row < last; row += 1) {
      const kind = log.kind[row] ?? 0;
      if (byKind[kind] === 0 || (stackOfKind[kind] === 0 && !named)) continue;
      const ticks = (row + 1 < last ? (log.ticks[row + 1] ?? 0) : lastTick) - (log.ticks[row] ?? 0);
      const ns = ticks * head.tickNs;
      if (ns >= query.longerNs && ns <= query.shorterNs) page.add(waits.count + row, ns);
    }
  }
}

/** Intervals that are part of a wait are found as that wait; a wait for a timer's channel also as sleep. */
function isKindOf(view: TraceView, state: SearchState | undefined, lane: number, kind: number): boolean {
  const { kinds } = view.kept;
  const name = laneStates[lane];
  if (name === undefined) return false;
  if (kinds.inWaits[kind] === 1) return state === 'sleep' && name === 'sleep';
  if (state === undefined) return true;
  if (state === 'chan' || state === 'select' || state === 'cond') {
    const reason = view.string(kinds.reason[kind] ?? 0);
    if (state === 'select') return reason === 'select';
    return name === 'channel' && reason.startsWith(state === 'chan' ? 'chan ' : 'sync.(*Cond)');
  }
  return name === state;
}

function isWaitOf(state: SearchState, kind: string): boolean {
  switch (state) {
    case 'rlock':
      return kind === 'RWMutex.RLock';
    case 'mutex':
      return kind === 'Mutex.Lock';
    case 'cond':
      return kind === 'Cond.Wait';
    case 'select':
      return kind === 'select';
    case 'chan':
      return kind === 'chan send' || kind === 'chan receive';
    default:
      return false;
  }
}

/** The stack of these rows is someone else's. */
function ownStack(cause: number | undefined): boolean {
  return cause !== goCause.unblocked && cause !== goCause.created;
}

function stackTest(view: TraceView, fn: string | undefined): (stack: number) => boolean {
  if (fn === undefined) return () => true;
  const known = new Map<number, boolean>();
  return (stack) => {
    const found = known.get(stack) ?? view.frames(stack).some((frame) => contains(frame.function, fn));
    known.set(stack, found);
    return found;
  };
}

function contains(name: string, fn: string | undefined): boolean {
  return fn === undefined || name.toLowerCase().includes(fn);
}

/** The goroutine asked for; -1 when the trace has none of that id, undefined when none was asked for. */
function wanted(view: TraceView, query: SearchQuery): number | undefined {
  return query.goroutine === undefined ? undefined : (view.goroutine(query.goroutine) ?? -1);
}

function rowOf(view: TraceView, found: number): TraceSearchResult['rows'][number] {
  const { waits, log, goroutines, head } = view.kept;
  if (found < waits.count) {
    const g = waits.goroutine[found] ?? 0;
    return {
      goroutine: view.id(g),
      name: view.name(g),
      state: head.locks[waits.lock[found] ?? 0]?.isLock === true ? 'lock' : 'channel',
      label: shortLabel(siteOf(view, waits.site[found] ?? 0).function),
      startNs: waits.beginNs[found] ?? 0,
      endNs: endOf(view, found),
      wait: found,
    };
  }
  const row = found - waits.count;
  const g = goroutineOfRow(log.first, row);
  const ends = row + 1 < (log.first[g + 1] ?? 0) && g < goroutines.count;
  return {
    goroutine: view.id(g),
    name: view.name(g),
    state: view.lane(row) ?? 'other',
    label: shortLabel(view.label(row)),
    startNs: (log.ticks[row] ?? 0) * head.tickNs,
    endNs: ends ? (log.ticks[row + 1] ?? 0) * head.tickNs : head.durationNs,
    wait: null,
  };
}

/** The last goroutine whose rows begin at or before a row and that has any. */
function goroutineOfRow(first: Uint32Array, row: number): number {
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((first[middle + 1] ?? 0) <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}
