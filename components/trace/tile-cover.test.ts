import { expect, test } from 'vitest';
import type { TraceTile } from '@/lib/query/trace/result';
import { coverOf, covers } from './tile-cover';
import { panWindow, zoomWindow } from './time-window';

const duration = 6e9;
const stall = { fromNs: 3e9, toNs: 4e9 };

function tileOver({ fromNs, toNs, pixels }: { fromNs: number; toNs: number; pixels: number }): TraceTile {
  return {
    fromNs,
    toNs,
    pixels,
    states: [],
    runtimeGoroutines: 0,
    gc: [],
    lock: undefined,
    holders: [],
    moreHolders: 0,
    convoys: [],
    waiters: [],
    unfolded: undefined,
    lanes: [],
  };
}

test('half a window more is asked for on both sides, in columns of two pixels', () => {
  expect(coverOf(stall, duration, 800)).toEqual({ fromNs: 2.5e9, toNs: 4.5e9, pixels: 800 });
  expect(coverOf({ fromNs: 0, toNs: duration }, duration, 800)).toEqual({ fromNs: 0, toNs: duration, pixels: 400 });
});

test('a tile does for small moves and is asked for again before its edge is seen', () => {
  const tile = tileOver(coverOf(stall, duration, 800));
  expect(covers(tile, stall, duration)).toBe(true);
  expect(covers(tile, panWindow(stall, 0.3, duration), duration)).toBe(true);
  expect(covers(tile, panWindow(stall, 0.45, duration), duration)).toBe(false);
  expect(covers(tile, zoomWindow(stall, 0.7, 0.5, duration), duration)).toBe(true);
  expect(covers(tile, zoomWindow(stall, 0.5, 0.5, duration), duration)).toBe(false);
});

test('the ends of the trace need no margin', () => {
  const whole = { fromNs: 0, toNs: duration };
  expect(covers(tileOver(coverOf(whole, duration, 800)), whole, duration)).toBe(true);
});
