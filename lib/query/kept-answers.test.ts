import { expect, test } from 'vitest';
import { KeptAnswers } from './kept-answers';

function counted() {
  const kept = new KeptAnswers<number>({ most: 2, longestMs: 1_000 });
  let made = 0;
  const ask = (key: string, version: string, now: number) => kept.get(key, version, now, async () => ++made);
  return { kept, ask };
}

test('an answer is made once for a version, also for two who ask at the same time', async () => {
  const { ask } = counted();
  expect(await Promise.all([ask('a', 'v1', 0), ask('a', 'v1', 0)])).toEqual([1, 1]);
  expect(await ask('a', 'v1', 999)).toBe(1);
  expect(await ask('a', 'v2', 999)).toBe(2);
});

test('an answer grows old though its version stays', async () => {
  const { ask } = counted();
  await ask('a', 'v1', 0);
  expect(await ask('a', 'v1', 1_000)).toBe(2);
});

test('beyond the limit the least recently asked for is made again', async () => {
  const { ask } = counted();
  await ask('a', 'v', 0);
  await ask('b', 'v', 0);
  await ask('a', 'v', 0);
  await ask('c', 'v', 0);
  expect([await ask('a', 'v', 0), await ask('b', 'v', 0)]).toEqual([1, 4]);
});

test('a failure is told to who asked, and not kept', async () => {
  const { kept, ask } = counted();
  await expect(kept.get('a', 'v', 0, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  expect(await ask('a', 'v', 0)).toBe(1);
});
