import { expect, test } from 'vitest';
import { TimeOrder } from './time-order';

function inOrder(pairs: readonly (readonly [tick: number, step: number])[]): [number, number][] {
  const order = new TimeOrder(pairs.length);
  for (const [tick, step] of pairs) order.add(tick, step);
  const { ticks, step } = order.sorted();
  return Array.from(ticks, (tick, index): [number, number] => [tick, step[index] ?? 0]);
}

test('late steps go where their time is, behind those of the same time that came before', () => {
  expect(
    inOrder([
      [5, 1],
      [9, 2],
      [5, 3],
      [0, 4],
      [9, 5],
      [5, 6],
    ]),
  ).toEqual([
    [0, 4],
    [5, 1],
    [5, 3],
    [5, 6],
    [9, 2],
    [9, 5],
  ]);
});

test('whatever the order they come in, a stable sort by time is what comes out', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 0x7fff_ffff;
    return seed % below;
  };
  for (let round = 0; round < 50; round += 1) {
    const pairs = Array.from({ length: random(40) }, (_, index) => [random(12), index] as const);
    expect(inOrder(pairs)).toEqual(pairs.toSorted((a, b) => a[0] - b[0]));
  }
});
