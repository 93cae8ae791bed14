import { expect, test } from 'vitest';
import { decodeSiteChunk, encodeSiteChunk, type SiteEntry } from './site-codec';

const entry = (start: number, rows: readonly (readonly number[])[]): SiteEntry => ({
  start,
  wall: 60_000,
  windows: 6,
  longest: 10_000,
  rows: new Map(
    rows.map(([site = 0, count = 0, value = 0, rate = 0, at = 0, peakWall = 0]) => [
      site,
      { site, count, value, rate, at, peakWall },
    ]),
  ),
});

test('roll-ups of sites come back with sums, the largest rate and where it was', () => {
  const start = Date.UTC(2026, 10, 20, 10);
  const chunk = decodeSiteChunk(
    encodeSiteChunk([
      entry(start, [
        [7, 3, 2 ** 60, 2 ** 62, start + 20_000, 10_000],
        [0, 4, 5, 6, start, 4_000],
      ]),
      entry(start + 60_000, []),
      entry(start + 180_000, [[7, 1, 0, 0, start + 230_000, 10_000]]),
    ]),
  );
  expect(chunk).toEqual({
    entries: 3,
    start: Float64Array.of(start, start + 60_000, start + 180_000),
    wall: Float64Array.of(60_000, 60_000, 60_000),
    windows: Uint32Array.of(6, 6, 6),
    longest: Float64Array.of(10_000, 10_000, 10_000),
    offsets: Uint32Array.of(0, 2, 2, 3),
    site: Uint32Array.of(0, 7, 7),
    count: Float64Array.of(4, 3, 1),
    value: Float64Array.of(5, 2 ** 60, 0),
    rate: Float64Array.of(6, 2 ** 62, 0),
    at: Float64Array.of(start, start + 20_000, start + 230_000),
    peakWall: Float64Array.of(4_000, 10_000, 10_000),
  });
});

test('a roll-up that is cut anywhere is told from a whole one', () => {
  const bytes = encodeSiteChunk([entry(1_000_000, [[300, 1, 2, 3, 1_000_000, 10_000]])]);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeSiteChunk(bytes.subarray(0, length))).toThrow(/stored/);
  }
});
