import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { framesOfSample } from '@/lib/pprof/frames';
import { stackKeys } from '@/lib/pprof/stack-keys';
import { soundFixtures } from '@/tests/support/go-fixtures';
import { StackHasher, stackIdOf } from './identity';

test('a stack id is the beginning of the hash of its frames, leaf first', () => {
  const digest = createHash('sha256').update('sync.(*Mutex).Lock\0mutex.go\x0045\nmain.main\0\x000\n').digest('hex');
  const { id, chk } = stackIdOf([
    { function: 'sync.(*Mutex).Lock', file: 'mutex.go', line: 45, startLine: 40 },
    { function: 'main.main', file: '', line: 0, startLine: 0 },
  ]);
  expect(id.toString(16).padStart(16, '0') + chk.toString(16).padStart(16, '0')).toBe(digest.slice(0, 32));
});

test.each([100_000, 3])('a hasher bound to %i stacks gives the ids of the expanded frames', (maxStacks) => {
  const hasher = new StackHasher(maxStacks);
  for (const { name, bytes } of soundFixtures()) {
    const wire = decodePprof(bytes);
    const keys = stackKeys(wire, hasher);
    expect(keys.length).toBe(wire.samples.length);
    for (const [sample, key] of keys.entries()) {
      const frames = framesOfSample(wire, sample);
      expect({ name, ...key }).toEqual({ name, ...stackIdOf(frames), frames });
    }
  }
});

test('a known stack comes back as the same object', () => {
  const hasher = new StackHasher();
  const [fixture] = soundFixtures();
  if (fixture === undefined) throw new Error('there are recordings');
  const wire = decodePprof(fixture.bytes);
  const first = stackKeys(wire, hasher);
  for (const [i, key] of stackKeys(wire, hasher).entries()) expect(key).toBe(first[i]);
});
