import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { encodeAnalysis } from '@/lib/query/trace/encode-analysis';
import { KeptViews } from './kept-views';

let bytes: Uint8Array;
beforeAll(() => {
  const file = new URL('../../tests/fixtures/gotrace/traces/gens-go1.26.trace', import.meta.url);
  const trace = readTrace(bufferSource(readFileSync(file)));
  bytes = Buffer.concat(encodeAnalysis(trace, analyseLocks(trace)));
});

/** Views over one analysis that all keys stand for, room for `room` of them, and the keys in the order they were read. */
function counting(room: number) {
  const read: string[] = [];
  const get = async (key: string) => {
    read.push(key);
    return key === 'gone' ? undefined : bytes;
  };
  return { read, views: new KeptViews({ get }, bytes.length * room + 1) };
}

test('an analysis is opened once, asked for at once or later', async () => {
  const { read, views } = counting(2);
  const [first, second] = await Promise.all([views.open('a'), views.open('a')]);
  expect(second).toBe(first);
  expect(await views.open('a')).toBe(first);
  expect(read).toEqual(['a']);
});

test('those used last stay open, as many as there is room for, and always the newest', async () => {
  const { read, views } = counting(2);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await views.open(key);
  expect(read).toEqual(['a', 'b', 'c', 'b']);
  const tight = counting(0.5);
  for (const key of ['a', 'a', 'b', 'a']) await tight.views.open(key);
  expect(tight.read).toEqual(['a', 'b', 'a']);
});

test('what could not be opened is tried again', async () => {
  const { read, views } = counting(2);
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(views.open('gone')).rejects.toMatchObject({ code: 'trace.gone' });
  }
  expect(read).toEqual(['gone', 'gone']);
});
