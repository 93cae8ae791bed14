import { holdMode, holdStart } from '@/lib/locktrace/lock-trace';
import { PixelBars } from './pixel-bars';
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
  const bySite = new Map<number, PixelBars<TileHold>>();
  const pixelNs = (toNs - fromNs) / pixels;
  view.lockLanes(lock).holds.each(fromNs, toNs, (hold) => {
    const colour = (holds.site[hold] ?? 0) * 4 + (holds.mode[hold] ?? 0);
    const bars = bySite.get(colour) ?? new PixelBars<TileHold>(pixelNs, joined);
    bySite.set(colour, bars);
    bars.add(holdBar(view, hold));
  });
  return [...bySite.values()].flatMap((bars) => bars.finish()).sort((a, b) => a.startNs - b.startNs);
}

/** The longer one stands for both; what it is sure of is what both are sure of. */
function joined(first: TileHold, second: TileHold): TileHold {
  const longer = second.heldNs > first.heldNs && first.merged === 1 ? second : first;
  return {
    ...longer,
    start: first.start === second.start ? first.start : 'bounded',
    startNs: Math.min(first.startNs, second.startNs),
    certainNs: Math.min(first.certainNs, second.certainNs),
    endNs: Math.max(first.endNs, second.endNs),
    woke: first.woke + second.woke,
    merged: first.merged + second.merged,
    heldNs: first.heldNs + second.heldNs,
  };
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
