import { type LaneState, laneStates } from '@/lib/locktrace/lane-state';
import type { TileBar, TileLane } from './result';
import { shortLabel, type TraceView } from './trace-view';

interface Window {
  readonly fromNs: number;
  readonly toNs: number;
  readonly pixels: number;
}

/** Bars that stand for several intervals are this many pixels wide: narrower ones only make a tile heavier. */
const joinedPixels = 2;

/** What one goroutine did in a window, waits labelled by `calls` of their kind, else by where they wait: at most two bars a pixel. O(log rows + its intervals in the window). */
export function laneOf(
  view: TraceView,
  goroutine: number,
  { fromNs, toNs, pixels }: Window,
  calls: ReadonlyMap<number, string> = new Map(),
): TileLane {
  const label = (row: number) => shortLabel(calls.get(view.kept.log.kind[row] ?? 0) ?? view.label(row));
  const pixelNs = (toNs - fromNs) / pixels;
  const bars: TileBar[] = [];
  const narrow = new NarrowBars(view, label, joinedPixels * pixelNs);
  view.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
    const state = view.lane(row);
    const before = narrow.take(startNs, state === undefined || endNs - startNs >= pixelNs);
    if (before !== undefined) bars.push(before);
    if (state === undefined) return;
    if (endNs - startNs < pixelNs) narrow.add(row, state, startNs, endNs);
    else bars.push({ state, label: label(row), startNs, endNs, merged: 1 });
  });
  const rest = narrow.take(toNs, true);
  if (rest !== undefined) bars.push(rest);
  return { goroutine: view.id(goroutine), name: view.name(goroutine), bars };
}

/** Intervals narrower than a pixel, joined until a width is full; the state of most of the time stands for all. */
class NarrowBars {
  readonly #view: TraceView;
  readonly #label: (row: number) => string;
  readonly #fullNs: number;
  readonly #ns = new Float64Array(laneStates.length);
  #longest = -1;
  #longestNs = 0;
  #startNs = 0;
  #endNs = 0;
  #merged = 0;

  constructor(view: TraceView, label: (row: number) => string, fullNs: number) {
    this.#view = view;
    this.#label = label;
    this.#fullNs = fullNs;
  }

  add(row: number, state: LaneState, startNs: number, endNs: number): void {
    if (this.#merged === 0) this.#startNs = startNs;
    this.#endNs = endNs;
    this.#merged += 1;
    const index = laneStates.indexOf(state);
    this.#ns[index] = (this.#ns[index] ?? 0) + endNs - startNs;
    if (endNs - startNs > this.#longestNs) {
      this.#longest = row;
      this.#longestNs = endNs - startNs;
    }
  }

  /** The joined bar when it is complete: its width is full, a gap follows, or `ends` says so. */
  take(nextNs: number, ends: boolean): TileBar | undefined {
    if (this.#merged === 0) return undefined;
    if (!ends && nextNs === this.#endNs && nextNs - this.#startNs < this.#fullNs) return undefined;
    const most = this.#ns.indexOf(Math.max(...this.#ns));
    const state = laneStates[most] ?? 'other';
    const same = this.#view.lane(this.#longest) === state;
    const label = same ? this.#label(this.#longest) : '';
    const bar = { state, label, startNs: this.#startNs, endNs: this.#endNs, merged: this.#merged };
    this.#ns.fill(0);
    this.#merged = 0;
    this.#longestNs = 0;
    return bar;
  }
}
