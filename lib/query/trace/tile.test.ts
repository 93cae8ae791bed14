import { expect, test } from 'vitest';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { tileOf } from './tile';
import type { TraceView } from './trace-view';

const names = ['truth-go1.26', 'recorder-go1.26', 'eight-locks-go1.26', 'locks-go1.23'];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function whole(view: TraceView, pixels: number) {
  const lock = view.kept.head.locks.find((found) => found.isLock)?.id;
  return tileOf(view, { fromNs: 0, toNs: view.durationNs, pixels, lock });
}

/** Goroutines of the program that live at a time. */
function liveAt(view: TraceView, timeNs: number): number {
  let live = 0;
  for (let g = 0; g < view.kept.goroutines.count; g += 1) {
    if (view.kept.goroutines.runtime[g] === 1) continue;
    view.each(g, timeNs, timeNs + 64, (row, startNs) => {
      if (startNs === timeNs && view.lane(row) !== undefined) live += 1;
    });
  }
  return live;
}

test.each(names)('%s: states add up to the goroutines that live', (name) => {
  const { view } = recordedTrace(name);
  for (const share of [0.1, 0.33, 0.5, 0.77, 0.999]) {
    const timeNs = Math.floor((view.durationNs * share) / 64) * 64;
    const tile = tileOf(view, { fromNs: timeNs, toNs: timeNs + 64, pixels: 1 });
    expect(sum(tile.states.map(({ mean }) => mean[0] ?? 0))).toBeCloseTo(liveAt(view, timeNs), 4);
  }
});

test.each(names)('%s: goroutine time per state is that of the intervals', (name) => {
  const { view } = recordedTrace(name);
  const [fromNs, toNs] = [view.durationNs * 0.2, view.durationNs * 0.7];
  const expected = new Map<string, number>();
  for (let g = 0; g < view.kept.goroutines.count; g += 1) {
    if (view.kept.goroutines.runtime[g] === 1) continue;
    view.each(g, fromNs, toNs, (row, startNs, endNs) => {
      const state = view.lane(row) ?? 'gone';
      expected.set(state, (expected.get(state) ?? 0) + endNs - startNs);
    });
  }
  const tile = tileOf(view, { fromNs, toNs, pixels: 97 });
  for (const { state, mean } of tile.states) {
    const found = (sum(mean) / 97) * (toNs - fromNs);
    expect(Math.abs(found - (expected.get(state) ?? 0))).toBeLessThan(1e-5 * (toNs - fromNs));
  }
});

test.each(names)('%s: a tile is the mean of its halves, and as high as the higher one', (name) => {
  const { view } = recordedTrace(name);
  const lock = view.kept.head.locks.find((found) => found.isLock)?.id;
  const half = view.durationNs / 2;
  const both = tileOf(view, { fromNs: 0, toNs: 2 * half, pixels: 50, lock });
  const halves = [0, half].map((fromNs) => tileOf(view, { fromNs, toNs: fromNs + half, pixels: 50, lock }));
  for (const [index, { mean, max }] of both.states.entries()) {
    const parts = halves.flatMap((tile) => tile.states[index]?.mean ?? []);
    const tops = halves.flatMap((tile) => tile.states[index]?.max ?? []);
    for (const [pixel, value] of mean.entries()) {
      expect(value).toBeCloseTo(((parts[2 * pixel] ?? 0) + (parts[2 * pixel + 1] ?? 0)) / 2, 5);
      expect(max[pixel]).toBe(Math.max(tops[2 * pixel] ?? 0, tops[2 * pixel + 1] ?? 0));
    }
  }
});

test.each(names)(
  '%s: the mean queue is the time waited by the width, at the height that the lock table says',
  (name) => {
    const { view } = recordedTrace(name);
    const { lock } = whole(view, 200);
    const traced = view.kept.head.locks.find(({ id }) => id === lock?.id);
    const { waits } = view.kept;
    let waitedNs = 0;
    for (let row = 0; row < waits.count; row += 1) {
      if (view.kept.head.locks[waits.lock[row] ?? 0] !== traced) continue;
      const granted = waits.grantedNs[row] ?? Number.NaN;
      waitedNs += (Number.isNaN(granted) ? view.durationNs : granted) - (waits.beginNs[row] ?? 0);
    }
    const mean = sum((lock?.queue ?? []).flatMap((part) => part.mean)) / 200;
    expect(mean).toBeCloseTo(waitedNs / view.durationNs, 4);
    const tallest = Math.max(...(lock?.queue ?? []).flatMap((part) => part.max));
    expect(tallest).toBeLessThanOrEqual(traced?.queue.max ?? 0);
    if (lock?.queue.length === 1) expect(tallest).toBe(traced?.queue.max);
  },
);

test.each(names)('%s: no hold, range or interval is dropped: shown and merged make the total', (name) => {
  const { view } = recordedTrace(name);
  const { holds, ranges, head } = view.kept;
  const number = head.locks.findIndex((lock) => lock.isLock);
  for (const pixels of [1, 30, 1_000]) {
    const tile = whole(view, pixels);
    expect(sum((tile.lock?.holds ?? []).map(({ merged }) => merged))).toBe(
      holds.lock.filter((lock) => lock === number).length,
    );
    expect(sum(tile.gc.map(({ merged }) => merged))).toBe(ranges.count);
    for (const lane of tile.holders) {
      let intervals = 0;
      view.each(view.goroutine(lane.goroutine) ?? -1, 0, view.durationNs, (row) => {
        if (view.lane(row) !== undefined) intervals += 1;
      });
      expect(sum(lane.bars.map(({ merged }) => merged))).toBe(intervals);
      expect(lane.bars.length).toBeLessThanOrEqual(2 * pixels + 2);
    }
    const holders = new Set([...holds.goroutine].filter((_, hold) => holds.lock[hold] === number)).size;
    expect(tile.holders.length + tile.moreHolders).toBe(holders);
  }
});

test.each(names)('%s: waits unfold page by page, each once', (name) => {
  const { view } = recordedTrace(name);
  const lock = view.kept.head.locks.find((found) => found.isLock);
  const [fromNs, toNs] = [view.durationNs * 0.4, view.durationNs * 0.6];
  for (const { site, waits } of tileOf(view, { fromNs, toNs, pixels: 10, lock: lock?.id }).waiters) {
    const seen: number[] = [];
    for (let offset = 0; offset < waits; offset += 50) {
      const page = tileOf(view, { fromNs, toNs, pixels: 1, lock: lock?.id, unfold: site.id, offset }).unfolded;
      expect(page?.total).toBe(waits);
      seen.push(...(page?.rows ?? []).map(({ wait }) => wait));
    }
    expect(new Set(seen).size).toBe(waits);
    expect(seen.length).toBe(waits);
  }
});

test('lanes asked for are given in their order, unknown goroutines without bars', () => {
  const { view } = recordedTrace('truth-go1.26');
  const tile = tileOf(view, { fromNs: 0, toNs: 1e9, pixels: 100, lanes: [22, 999_999, 1] });
  expect(tile.lanes.map(({ goroutine, bars }) => [goroutine, bars.length > 0])).toEqual([
    [22, true],
    [999_999, false],
    [1, true],
  ]);
});

test.each([
  [{ toNs: 0 }, 'trace.window'],
  [{ pixels: 0 }, 'trace.pixels'],
  [{ pixels: 4_001 }, 'trace.pixels'],
  [{ lock: 'none' }, 'trace.no-lock'],
  [{ lanes: Array.from({ length: 51 }, () => 1) }, 'trace.lanes'],
])('%o is refused as %s', (change, code) => {
  const { view } = recordedTrace('truth-go1.26');
  expect(() => tileOf(view, { fromNs: 0, toNs: 1e9, pixels: 10, ...change })).toThrow(
    expect.objectContaining({ code }),
  );
});

test.each(names)('%s: a tile that reaches beyond the screen counts and lists what is on it', (name) => {
  const { view } = recordedTrace(name);
  const lock = view.kept.head.locks.find((found) => found.isLock);
  const site = view.kept.head.sites[lock?.waiters[0]?.site ?? -1]?.id;
  const seen = { fromNs: view.durationNs * 0.4, toNs: view.durationNs * 0.5 };
  const alone = tileOf(view, { ...seen, pixels: 10, lock: lock?.id, unfold: site });
  const wider = { fromNs: view.durationNs * 0.35, toNs: view.durationNs * 0.55, pixels: 20 };
  const tile = tileOf(view, { ...wider, seen, lock: lock?.id, unfold: site });
  const counts = ({ waiters }: typeof tile) => waiters.map(({ site: { id }, waits }) => [id, waits]);
  expect(counts(tile)).toEqual(counts(alone));
  expect(tile.unfolded).toEqual(alone.unfolded);
  expect(tile.holders.map(({ goroutine }) => goroutine)).toEqual(alone.holders.map(({ goroutine }) => goroutine));
  expect(tile.states[0]?.mean).toHaveLength(20);
});
