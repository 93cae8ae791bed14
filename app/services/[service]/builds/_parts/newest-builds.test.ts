import { expect, test } from 'vitest';
import type { BuildsResult } from '@/lib/query/builds';
import { buildsShown, newestBuilds } from './newest-builds';

/** `count` builds of one lock, whose average is the build's number; `bad` is the number of the first bad one. */
function resultOf(count: number, bad?: number): BuildsResult {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const change = { before: 0, after: 1, ratio: 2, p: 0.001, confidence: 1 };
  const row = {
    cells: numbers.map((avg) => ({ avg, max: avg })),
    firstBad: bad === undefined ? undefined : { ...change, build: `v${bad}`, previous: `v${bad - 1}` },
  };
  // The parts that are looked at; a lock has many more.
  return {
    builds: numbers.map((number) => ({ build: `v${number}` })),
    rows: [row],
    worst: bad === undefined ? undefined : row,
  } as unknown as BuildsResult;
}
const shown = (result: BuildsResult) => {
  const { result: newest, hidden } = newestBuilds(result);
  return [hidden, newest.builds[0]?.build, newest.builds.length, newest.rows[0]?.cells[0]?.avg];
};

test('few builds are all shown', () => {
  expect(shown(resultOf(buildsShown))).toEqual([0, 'v0', 24, 0]);
});

test('of many the newest are shown, each over its own numbers, and the rest is counted', () => {
  expect(shown(resultOf(100))).toEqual([76, 'v76', 24, 76]);
});

test('the first bad build and the one before it are shown, however old', () => {
  expect(shown(resultOf(100, 50))).toEqual([49, 'v49', 51, 49]);
  expect(shown(resultOf(100, 90))).toEqual([76, 'v76', 24, 76]);
});
