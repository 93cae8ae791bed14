import { expect, test } from 'vitest';
import { largeBlockProfile } from '@/tests/support/large-profile';
import { createUploadReader } from './local-reader';
import type { UploadSource } from './reader';

const source = (name: string): UploadSource => ({
  files: [{ blobKey: name, filename: name, kind: 'block' }],
  givenSeconds: undefined,
});

/** A reader over one profile that all names stand for, and the names in the order in which they were fetched. */
function countingReader(bytes: Uint8Array = largeBlockProfile({ distinct: 3, times: 1, depth: 4 })) {
  const fetched: string[] = [];
  const get = async (name: string) => {
    fetched.push(name);
    return name === 'gone' ? undefined : bytes;
  };
  const reader = createUploadReader({ blobs: { get }, wrappers: [], idleFunctions: [], inflatedBytes: 1e8 });
  return { reader, fetched };
}

test('a source is decoded once for its page and its graphs, asked for at once or later', async () => {
  const { reader, fetched } = countingReader();
  const [profile, flame] = await Promise.all([
    reader.read(source('a')),
    reader.flame(source('a'), { typeId: 'block:delay' }),
  ]);
  expect(flame.root.total / 1e9).toBeCloseTo(
    profile.locks.locks.reduce((sum, { lock }) => sum + (lock.delaySeconds ?? 0), 0),
    9,
  );
  await reader.read(source('a'));
  expect(fetched).toEqual(['a']);
});

test('eight sources are remembered, those used last', async () => {
  const { reader, fetched } = countingReader();
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const name of [...names, 'a', 'i', 'a', 'b']) await reader.read(source(name));
  expect(fetched).toEqual([...names, 'i', 'b']);
});

test('of large sources only the newest is remembered', async () => {
  const { reader, fetched } = countingReader(largeBlockProfile({ distinct: 50, times: 3_000, depth: 2 }));
  for (const name of ['a', 'a', 'b', 'b', 'a']) await reader.read(source(name));
  expect(fetched).toEqual(['a', 'b', 'a']);
});

test('what could not be opened is tried again', async () => {
  const { reader, fetched } = countingReader();
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(reader.read(source('gone'))).rejects.toMatchObject({ code: 'upload.missing', place: 'gone' });
  }
  expect(fetched).toEqual(['gone', 'gone']);
});

test('a file without a length has delays and counts and no rate', async () => {
  const { reader } = countingReader();
  const { locks, windowSeconds } = await reader.read(source('a'));
  expect(windowSeconds).toBeUndefined();
  expect(locks.locks[0]?.lock).toMatchObject({ contentions: 3, waiting: { avg: null, max: null, sumAvg: null } });
  const given = await reader.read({ ...source('a'), givenSeconds: 2 });
  expect(given.windowSeconds).toBe(2);
  // 1000 + 1001 + 1002 ns of waiting in 2 s.
  expect(given.locks.locks[0]?.lock.waiting.avg).toBeCloseTo(3_003e-9 / 2, 12);
});
