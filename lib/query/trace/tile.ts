import { LockscopeError } from '@/lib/errors';
import { rangeKind } from '@/lib/gotrace/trace';
import { laneStates } from '@/lib/locktrace/lane-state';
import { convoyRow } from './convoy-rows';
import { PixelBars } from './pixel-bars';
import type { TileLane, TileLock, TileQueue, TileRange, TraceTile } from './result';
import { holderLanes } from './tile-holders';
import { holdBars, siteOf } from './tile-holds';
import { laneOf } from './tile-lanes';
import { waitRow } from './tile-waits';
import type { TraceView } from './trace-view';

export interface TileQuery {
  /** Window in nanoseconds since the start of the trace. */
  readonly fromNs: number;
  readonly toNs: number;
  /**
   * The part of the window that is on screen, when the rest is there for panning: waits are counted, and holders and
   * unfolded waits chosen, in it.
   */
  readonly seen?: { readonly fromNs: number; readonly toNs: number } | undefined;
  /** Columns to compute, 1 to 4,000. */
  readonly pixels: number;
  /** Public id of a lock. */
  readonly lock?: string | undefined;
  /** Public id of one of its wait sites, to get its waits one by one from `offset` on. */
  readonly unfold?: string | undefined;
  readonly offset?: number | undefined;
  /** Ids that Go gave the goroutines, at most 50. */
  readonly lanes?: readonly number[] | undefined;
}

const waitsPerPage = 50;

/**
 * A window of the trace at a number of pixels. The cost follows what is in the window, not the trace. Throws
 * `trace.window` for an empty window, `trace.pixels` beyond 4,000 columns, `trace.no-lock` and `trace.no-site` for ids
 * that the trace does not have, `trace.lanes` for more than 50 lanes.
 */
export function tileOf(view: TraceView, query: TileQuery): TraceTile {
  check(query);
  const { fromNs, toNs, pixels } = query;
  const lock = query.lock === undefined ? undefined : view.lockNumber(query.lock);
  if (query.lock !== undefined && lock === undefined)
    throw new LockscopeError('trace.no-lock', `the trace has no lock ${query.lock}`, { place: 'lock' });
  const states = view.states.sample(fromNs, toNs, pixels);
  return {
    fromNs,
    toNs,
    pixels,
    states: states.map(({ mean, max }, index) => ({ state: laneStates[index] ?? 'other', mean, max })),
    runtimeGoroutines: view.runtimeGoroutines,
    gc: rangeBars(view, query),
    lock: lock === undefined ? undefined : lockOf(view, lock, query),
    ...(lock === undefined ? { holders: [], moreHolders: 0 } : holderLanes(view, lock, query)),
    convoys: lock === undefined ? [] : convoysOf(view, lock, query),
    waiters: lock === undefined ? [] : waitersOf(view, lock, query),
    unfolded:
      lock === undefined || query.unfold === undefined ? undefined : unfoldedOf(view, lock, query.unfold, query),
    lanes: lanesOf(view, query),
  };
}

function check({ fromNs, toNs, pixels, lanes = [] }: TileQuery): void {
  if (!(toNs > fromNs) || !Number.isFinite(toNs - fromNs))
    throw new LockscopeError('trace.window', 'an empty window', { place: 'from' });
  if (!Number.isInteger(pixels) || pixels < 1 || pixels > 4_000)
    throw new LockscopeError('trace.pixels', 'between 1 and 4,000 pixels, please', { place: 'pixels' });
  if (lanes.length > 50) throw new LockscopeError('trace.lanes', 'at most 50 lanes at once', { place: 'lanes' });
}

function lockOf(view: TraceView, number: number, query: TileQuery): TileLock | undefined {
  const lock = view.kept.head.locks[number];
  if (lock === undefined) return undefined;
  const { fromNs, toNs, pixels } = query;
  const queue = [...view.lockLanes(number).queue].map(([who, depth]) => ({
    who,
    ...depth.sample(fromNs, toNs, pixels),
  }));
  return { id: lock.id, name: lock.name, family: lock.family, holds: holdBars(view, number, query), queue };
}

function convoysOf(view: TraceView, lock: number, { fromNs, toNs }: TileQuery): TraceTile['convoys'] {
  return view.kept.head.convoys
    .filter((convoy) => convoy.lock === lock && convoy.atNs < toNs && convoy.atNs + convoy.durationNs > fromNs)
    .map((convoy) => convoyRow(view, convoy));
}

function waitersOf(view: TraceView, lock: number, query: TileQuery): TileQueue[] {
  const { fromNs, toNs, pixels, seen = query } = query;
  const order = view.kept.head.locks[lock]?.waiters ?? [];
  return order.flatMap(({ site }) => {
    const depth = view.lockLanes(lock).sites.get(site)?.depth;
    const waits = depth?.within(seen.fromNs, seen.toNs) ?? 0;
    if (depth === undefined || waits === 0) return [];
    return [{ site: siteOf(view, site), waits, ...depth.sample(fromNs, toNs, pixels) }];
  });
}

function unfoldedOf(view: TraceView, lock: number, id: string, query: TileQuery): TraceTile['unfolded'] {
  const waits = [...view.lockLanes(lock).sites].find(([site]) => siteOf(view, site).id === id)?.[1];
  if (waits === undefined)
    throw new LockscopeError('trace.no-site', `the lock has no wait site ${id}`, { place: 'unfold' });
  const offset = query.offset ?? 0;
  const rows: number[] = [];
  let total = 0;
  const { fromNs, toNs } = query.seen ?? query;
  waits.index.each(fromNs, toNs, (row) => {
    if (total >= offset && rows.length < waitsPerPage) rows.push(row);
    total += 1;
  });
  return { site: id, total, offset, rows: rows.map((row) => waitRow(view, row)) };
}

function lanesOf(view: TraceView, query: TileQuery): TileLane[] {
  return (query.lanes ?? []).map((id) => {
    const goroutine = view.goroutine(id);
    return goroutine === undefined ? { goroutine: id, name: '', bars: [] } : laneOf(view, goroutine, query);
  });
}

const rangeNames = ['gc mark', 'stw', 'mark assist'] as const;

function rangeBars(view: TraceView, { fromNs, toNs, pixels }: TileQuery): TileRange[] {
  const { ranges } = view.kept;
  const pixelNs = (toNs - fromNs) / pixels;
  const kinds = rangeNames.map(
    () =>
      new PixelBars<TileRange>(pixelNs, (first, second) => ({
        ...first,
        name: first.name === second.name ? first.name : '',
        endNs: Math.max(first.endNs, second.endNs),
        merged: first.merged + second.merged,
      })),
  );
  view.ranges.each(fromNs, toNs, (row, startNs, endNs) => {
    const kind = ranges.kind[row] ?? rangeKind.gcMark;
    const name = view.string(ranges.name[row] ?? 0);
    kinds[kind]?.add({ kind: rangeNames[kind] ?? 'gc mark', name, startNs, endNs, merged: 1 });
  });
  return kinds.flatMap((bars) => bars.finish());
}
