import { expect, test } from 'vitest';
import { around, clampWindow, panWindow, shortestNs, spanOf, zoomWindow } from './time-window';

const duration = 6e9;
const stall = { fromNs: 3e9, toNs: 4e9 };

test('zooming keeps the instant under the pointer where it is', () => {
  const nearer = zoomWindow(stall, 0.5, 0.25, duration);
  expect(nearer).toEqual({ fromNs: 3.125e9, toNs: 3.625e9 });
  expect(nearer.fromNs + 0.25 * spanOf(nearer)).toBe(3.25e9);
});

test('zooming in and out again comes back, and neither leaves the trace', () => {
  expect(zoomWindow(zoomWindow(stall, 0.5, 0.5, duration), 2, 0.5, duration)).toEqual(stall);
  expect(zoomWindow(stall, 100, 0.5, duration)).toEqual({ fromNs: 0, toNs: duration });
  expect(spanOf(zoomWindow(stall, 1e-12, 0.5, duration))).toBe(shortestNs);
});

test('panning beyond an end stops there without changing the length', () => {
  expect(panWindow(stall, -9, duration)).toEqual({ fromNs: 0, toNs: 1e9 });
  expect(panWindow(stall, 9, duration)).toEqual({ fromNs: 5e9, toNs: duration });
});

test('a margin is cut at the ends of the trace by moving', () => {
  expect(around({ fromNs: 0, toNs: 1e9 }, 0.1, duration)).toEqual({ fromNs: 0, toNs: 1.2e9 });
  expect(clampWindow({ fromNs: -5, toNs: 9e9 }, duration)).toEqual({ fromNs: 0, toNs: duration });
});
