import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { findStalls, inPhaseOrder } from './stalls';

/** A heat map from text: one row a pod, one character a 10 s bucket: `.` 0 waiting, `#` 30, a digit itself, space no data. */
function heat(text: string) {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => {
      const [pod = '', cells = ''] = line.trimStart().split('|');
      const max = [...cells].map((cell) => (cell === ' ' ? null : cell === '.' ? 0 : cell === '#' ? 30 : Number(cell)));
      return { pod: pod.trim(), build: '', max };
    });
  return { from: unixMs(0), stepMs: 10_000, buckets: rows[0]?.max.length ?? 0, rows };
}

test('a stall every two minutes on all pods at once has its period and is in phase', () => {
  const map = heat(`
    a | ..#...........#...........#...........#..
    b | ...#...........#...........#...........#.`);
  expect(findStalls(map)).toEqual({
    count: 8,
    starts: [3, 4, 15, 16, 27, 28, 39, 40].map((bucket) => bucket * 10_000),
    everySeconds: 120,
    pods: 2,
    inPhase: true,
  });
});

test('out of phase pods are ordered by their first stall, quiet ones last', () => {
  const map = heat(`
    pod-10 | ........
    pod-2  | .....#..
    pod-1  | .#......
    pod-9  | ........`);
  expect(inPhaseOrder(map.rows).map((row) => row.pod)).toEqual(['pod-1', 'pod-2', 'pod-9', 'pod-10']);
  expect(findStalls(map).inPhase).toBe(false);
});

test('a stall over two buckets counts once, and a gap in the data ends it', () => {
  expect(findStalls(heat('a |..##...# #.')).count).toBe(3);
});

test('a lock that is always busy does not stall', () => {
  expect(findStalls(heat('a |9898989898')).count).toBe(0);
});

test('irregular stalls have no period', () => {
  expect(findStalls(heat('a |.#..#.........#...#')).everySeconds).toBeUndefined();
});
