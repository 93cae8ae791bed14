import { holdMode, holdStart } from '@/lib/locktrace/lock-trace';
import type { TileHold } from './result';
import type { TraceView } from './trace-view';

const modes = { [holdMode.mutex]: 'mutex', [holdMode.write]: 'write', [holdMode.read]: 'read' } as const;
const starts = { [holdStart.exact]: 'exact', [holdStart.bounded]: 'bounded' } as const;

/** One hold as a bar. Of an `unknown` one only the end is known: it begins where it ends. */
export function holdBar(view: TraceView, hold: number): TileHold {
  const { holds, head } = view.kept;
  const end = holds.endNs[hold] ?? Number.NaN;
  const endNs = Number.isNaN(end) ? head.durationNs : end;
  const start = startName(holds.start[hold]);
  const certainNs = holds.certainNs[hold] ?? endNs;
  return {
    goroutine: view.id(holds.goroutine[hold] ?? 0),
    site: siteOf(view, holds.site[hold] ?? 0),
    mode: modeName(holds.mode[hold]),
    start,
    startNs: start === 'unknown' ? certainNs : (holds.startNs[hold] ?? certainNs),
    certainNs,
    endNs,
    released: !Number.isNaN(end),
    woke: holds.woke[hold] ?? 0,
    merged: 1,
    heldNs: Math.max(endNs - certainNs, 0),
  };
}

/** Holds of a lock in a window, those of one site and mode joined where they are too narrow to draw. */
export function holdBars(
  view: TraceView,
  lock: number,
  { fromNs, toNs, pixels }: { readonly fromNs: number; readonly toNs: number; readonly pixels: number },
): TileHold[] {
  const { holds } = view.kept;
  const bars: TileHold[] = [];
  const runs = new Map<number, HoldRun>();
  const pixelNs = (toNs - fromNs) / pixels;
  view.lockLanes(lock).holds.each(fromNs, toNs, (hold, startNs, endNs) => {
    const colour = (holds.site[hold] ?? 0) * 4 + (holds.mode[hold] ?? 0);
    const run = runs.get(colour) ?? new HoldRun(view);
    runs.set(colour, run);
    if (endNs - startNs >= pixelNs) bars.push(holdBar(view, hold));
    else if (!run.joins(hold, startNs, endNs, pixelNs)) {
      bars.push(...run.take());
      run.joins(hold, startNs, endNs, pixelNs);
    }
  });
  for (const run of runs.values()) bars.push(...run.take());
  return bars.sort((a, b) => a.startNs - b.startNs);
}

/** Narrow holds less than a pixel apart. The longest one stands for all. */
class HoldRun {
  readonly #view: TraceView;
  #longest = 0;
  #longestNs = 0;
  #start = -1;
  #startNs = 0;
  #certainNs = 0;
  #endNs = 0;
  #woke = 0;
  #heldNs = 0;
  #merged = 0;

  constructor(view: TraceView) {
    this.#view = view;
  }

  /** Takes a hold in unless it is too far away from the ones before. */
  joins(hold: number, startNs: number, endNs: number, pixelNs: number): boolean {
    if (this.#merged > 0 && startNs - this.#endNs >= pixelNs) return false;
    const { holds } = this.#view.kept;
    const certainNs = holds.certainNs[hold] ?? endNs;
    const start = holds.start[hold] ?? holdStart.unknown;
    const heldNs = Math.max(endNs - certainNs, 0);
    if (this.#merged === 0 || heldNs > this.#longestNs) {
      this.#longest = hold;
      this.#longestNs = heldNs;
    }
    this.#startNs = this.#merged === 0 ? startNs : Math.min(this.#startNs, startNs);
    this.#certainNs = this.#merged === 0 ? certainNs : Math.min(this.#certainNs, certainNs);
    this.#endNs = this.#merged === 0 ? endNs : Math.max(this.#endNs, endNs);
    this.#start = this.#merged === 0 || this.#start === start ? start : holdStart.bounded;
    this.#woke += holds.woke[hold] ?? 0;
    this.#heldNs += heldNs;
    this.#merged += 1;
    return true;
  }

  /** The bar of the run, which is then empty; none when it was. */
  take(): TileHold[] {
    if (this.#merged === 0) return [];
    const bar = {
      ...holdBar(this.#view, this.#longest),
      start: startName(this.#start),
      startNs: this.#startNs,
      certainNs: this.#certainNs,
      endNs: this.#endNs,
      woke: this.#woke,
      merged: this.#merged,
      heldNs: this.#heldNs,
    };
    this.#woke = 0;
    this.#heldNs = 0;
    this.#merged = 0;
    return [bar];
  }
}

export function siteOf(view: TraceView, site: number): TileHold['site'] {
  return view.kept.head.sites[site] ?? { id: '', kind: 'other', function: '', file: '', line: 0 };
}

export function modeName(mode: number | undefined): TileHold['mode'] {
  return mode === holdMode.mutex || mode === holdMode.write || mode === holdMode.read ? modes[mode] : 'other';
}

export function startName(start: number | undefined): TileHold['start'] {
  return start === holdStart.exact || start === holdStart.bounded ? starts[start] : 'unknown';
}
