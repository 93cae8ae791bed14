import { expect, test } from 'vitest';
import { Depth } from './depth';
import { IntervalIndex } from './interval-index';

/** Seeded: the same intervals in every run. */
function intervals(count: number): { startNs: number; endNs: number }[] {
  let seed = 12_345;
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return seed % limit;
  };
  return Array.from({ length: count }, () => {
    const startNs = random(1_000);
    return { startNs, endNs: startNs + (random(4) === 0 ? 0 : random(200)) };
  });
}

const some = intervals(300);
const depth = () =>
  new Depth(
    Float64Array.from(some, ({ startNs }) => startNs),
    Float64Array.from(some, ({ endNs }) => endNs),
  );

test('mean and maximum of each pixel are those of counting nanosecond by nanosecond', () => {
  const pixels = 7;
  const [from, to] = [100, 660];
  const sampled = depth().sample(from, to, pixels);
  const width = (to - from) / pixels;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const counts = Array.from({ length: width }, (_, ns) => {
      const at = from + pixel * width + ns;
      return some.filter(({ startNs, endNs }) => startNs <= at && endNs > at).length;
    });
    expect(sampled.mean[pixel]).toBeCloseTo(counts.reduce((sum, count) => sum + count, 0) / width, 5);
    expect(sampled.max[pixel]).toBe(Math.max(...counts));
  }
});

test('the mean over all pixels is the time covered by the width', () => {
  const { mean } = depth().sample(0, 2_000, 13);
  const covered = some.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0);
  expect(mean.reduce((sum, value) => sum + value, 0) / 13).toBeCloseTo(covered / 2_000, 5);
});

test('an index finds the intervals that overlap a window, those of no length where they stand', () => {
  const rows = Uint32Array.from(some, (_, row) => row);
  const index = new IntervalIndex(
    rows,
    (row) => some[row]?.startNs ?? 0,
    (row) => some[row]?.endNs ?? 0,
  );
  for (const [from, to] of [
    [0, 1_300],
    [100, 101],
    [333, 500],
    [990, 2_000],
  ] as const) {
    const found: number[] = [];
    index.each(from, to, (row) => found.push(row));
    const expected = [...some.entries()].filter(
      ([, { startNs, endNs }]) => startNs < to && (endNs > from || (startNs === endNs && startNs >= from)),
    );
    expect(found.toSorted((a, b) => a - b)).toEqual(expected.map(([row]) => row));
  }
});
