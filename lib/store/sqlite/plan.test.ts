import { expect, test } from 'vitest';
import { type Piece, planSites, planStacks, type TierFacts } from './plan';

const minute = 60_000;
const hour = 60 * minute;
const facts = (changes: Partial<TierFacts> = {}): TierFacts => ({
  rawFloor: 0,
  site1mFloor: 0,
  isDirty: (start) => start >= 5 * hour,
  ...changes,
});
const names: Readonly<Record<number, string>> = { 0: 'raw', [minute]: '1m', [5 * minute]: '5m', [hour]: '1h' };
const text = (pieces: readonly Piece[]) =>
  pieces.map(
    ({ tierMs, from, to, widened }) => `${names[tierMs]} ${from / minute}-${to / minute}${widened ? '!' : ''}`,
  );

test('stack sums come from clean whole hours, the rest raw', () => {
  expect(text(planStacks(30 * minute, 6 * hour, facts()))).toEqual(['raw 30-60', '1h 60-300', 'raw 300-360']);
});

test('site sums without a step take the coarsest spans that fit the range', () => {
  const range = [29.5 * minute, 5.5 * hour] as const;
  expect(text(planSites(...range, facts(), undefined))).toEqual([
    'raw 29.5-30',
    '5m 30-60',
    '1h 60-300',
    'raw 300-330',
  ]);
});

test('a step decides which spans fit', () => {
  const range = [hour, 3 * hour] as const;
  expect(text(planSites(...range, facts(), 10_000))).toEqual(['raw 60-180']);
  expect(text(planSites(...range, facts(), 2 * minute))).toEqual(['1m 60-180']);
  expect(text(planSites(...range, facts(), 15 * minute))).toEqual(['5m 60-180']);
  expect(text(planSites(...range, facts(), 2 * hour))).toEqual(['1h 60-180']);
});

test('where raw is gone edges go outwards to the minute, where minutes are gone to the hour', () => {
  const gone = facts({ rawFloor: 4 * hour, site1mFloor: 2 * hour });
  expect(text(planStacks(90.5 * minute, 4.5 * hour, gone))).toEqual(['1h 60-120!', '1h 120-240', 'raw 240-270']);
  expect(text(planSites(90.5 * minute, 3.51 * hour, gone, 10_000))).toEqual([
    '1h 60-120!',
    '1m 120-180',
    '1m 180-211!',
  ]);
});
