import { expect, test } from 'vitest';
import type { TraceTile } from '@/lib/query/trace/result';
import { cutTile } from './cut-tile';

const range = (startNs: number, endNs: number) => ({ kind: 'stw' as const, name: '', startNs, endNs, merged: 1 });
const tile: TraceTile = {
  fromNs: 1_000,
  toNs: 2_000,
  pixels: 4,
  states: [{ state: 'lock', mean: [1, 2, 3, 4], max: [5, 6, 7, 8] }],
  runtimeGoroutines: 0,
  gc: [range(1_000, 1_100), range(1_300, 1_600), range(1_900, 1_950)],
  lock: undefined,
  holders: [],
  moreHolders: 0,
  convoys: [],
  waiters: [],
  unfolded: undefined,
  lanes: [],
};

test('what is left of a tile is the columns and ranges that a window touches', () => {
  const cut = cutTile(tile, { fromNs: 1_300, toNs: 1_700 });
  expect(cut).toMatchObject({ fromNs: 1_250, toNs: 1_750, pixels: 2, gc: [range(1_300, 1_600)] });
  expect(cut.states).toEqual([{ state: 'lock', mean: [2, 3], max: [6, 7] }]);
});

test('a window around the tile leaves it as it is', () => {
  expect(cutTile(tile, { fromNs: 0, toNs: 9_000 })).toEqual(tile);
});
