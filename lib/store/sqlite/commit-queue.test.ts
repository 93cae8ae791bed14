import { expect, test } from 'vitest';
import { batchOf, hour0 } from '@/tests/conformance/batches';
import type { WriteBatch } from '../port';
import { CommitQueue } from './commit-queue';

const one = (lane = 0): WriteBatch => batchOf({ start: hour0 + lane * 10_000, rows: { 'cache.Get': [1, 1] } });
const stored = { stored: 1, duplicates: 0, rejected: [] };

function recording(options: Partial<ConstructorParameters<typeof CommitQueue>[1]> = {}) {
  const commits: number[] = [];
  const queue = new CommitQueue(
    (batches) => {
      commits.push(batches.length);
      return batches.map(() => stored);
    },
    { mostBytes: 1_000_000, gatherMs: 20, ...options },
  );
  return { queue, commits };
}

test('batches that come together share a commit, those within the gathering time the next one', async () => {
  const { queue, commits } = recording();
  await Promise.all([queue.add(one()), queue.add(one(1)), queue.add(one(2))]);
  const from = performance.now();
  await Promise.all([queue.add(one(3)), queue.add(one(4))]);
  expect(commits).toEqual([3, 2]);
  expect(performance.now() - from).toBeGreaterThan(10);
});

test('a commit takes at most 512 windows, but always a whole batch', async () => {
  const { queue, commits } = recording({ mostBytes: 1e9 });
  const wide = batchOf(...Array.from({ length: 400 }, (_, lane) => ({ start: hour0 + lane, rows: {} })));
  await Promise.all([queue.add(wide), queue.add(wide), queue.add(one())]);
  expect(commits).toEqual([1, 2]);
});

test('what does not fit in the queue is refused as busy, and there is room again after the commit', async () => {
  const { queue } = recording({ mostBytes: 3_000 });
  const waiting = [queue.add(one()), queue.add(one(1))];
  await expect(queue.add(one(2))).rejects.toMatchObject({ code: 'store.busy' });
  await Promise.all(waiting);
  await expect(queue.add(one(2))).resolves.toEqual(stored);
});
