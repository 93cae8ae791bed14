import { beforeAll, expect, test } from 'vitest';
import { createProfileReader } from '@/ingest/profile-reader';
import type { TargetRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { idText, lockId as lockIdOf } from '@/lib/contention/identity';
import { encodeProfile } from '@/lib/pprof/encode';
import { MemorySampleStore } from '@/lib/store/memory';
import { unixMs } from '@/lib/units';
import { profileFromText } from '@/tests/support/profile-from-text';
import { type StallQuestions, stallQuestions } from './stalls-of-target';

const start = Date.parse('2026-11-24T12:00:00Z');
const windowMs = 10_000;
const config = parseConfigFile('', 'test.yml');
/** One character a window of 10 s: `#` 1.2 s waited by each of 250 goroutines, `.` next to nothing. */
const line = '..#...........#...........#...........#...........#....';
const target: TargetRecord = {
  id: 'a',
  service: 'orders',
  url: 'http://10.0.0.1:6060',
  everyMs: windowMs,
  build: undefined,
  labels: {},
  profiles: ['block'],
  source: 'ui',
  enabled: true,
  createdAt: unixMs(0),
  lastScrape: undefined,
  restarts: 0,
  missed: 0,
  facts: [],
};
let questions: StallQuestions;

beforeAll(async () => {
  const store = new MemorySampleStore();
  const reader = createProfileReader(config);
  for (const [window, character] of [...line].entries()) {
    const row = character === '#' ? '250  300s' : '1  1ms';
    const profile = profileFromText(`
      block  0s..10s  go1.24
      contentions  delay  stack (leaf first)
      ${row}  sync.(*RWMutex).RLock ; config.(*Manager).Get config.go:9 ; main.handle main.go:5`);
    // Another pod whose stalls come at another time must not be taken for this one's.
    for (const [host, shift] of [
      ['10.0.0.1:6060', 0],
      ['10.0.0.2:6060', 5],
    ] as const) {
      const from = unixMs(start + (window + shift) * windowMs);
      await store.write(
        reader.read({
          bytes: Buffer.from(encodeProfile({ ...profile, timeNanos: 0n, durationNanos: 0n })),
          labels: [
            ['service_name', 'orders'],
            ['instance', host],
          ],
          sampleTypeConfig: undefined,
          from,
          until: unixMs(from + windowMs),
          kind: 'block',
          now: unixMs(start + 3_600_000),
        }),
      );
      reader.forgetDefinitions();
    }
  }
  questions = stallQuestions(store, config);
});

const windowAt = (index: number) => ({
  from: unixMs(start + index * windowMs),
  to: unixMs(start + (index + 1) * windowMs),
});
const lockOf = async () => (await questions.expected(target, undefined, windowAt(line.length).from))?.lockName;

test('a window over the threshold is a stall, in words; one below is none', async () => {
  expect(await questions.stalled(target, windowAt(14), { threshold: 5, lockId: undefined })).toBe(
    '30.0 goroutines waited for config.(*Manager) on average over 10 s, at least 5 were asked for',
  );
  expect(await questions.stalled(target, windowAt(14), { threshold: 31, lockId: undefined })).toBeUndefined();
  expect(await questions.stalled(target, windowAt(19), { threshold: 5, lockId: undefined })).toBeUndefined();
  expect(await questions.stalled(target, windowAt(14), { threshold: 5, lockId: 'f'.repeat(16) })).toBeUndefined();
});

test('the stall rule of a lock holds in the window that begins a stall, and in no other', async () => {
  const lockId = idText(lockIdOf('RWMutex', 'config.(*Manager).Get'));
  const rule = { threshold: undefined, lockId };
  expect(await questions.stalled(target, windowAt(26), rule)).toBe('config.(*Manager) stalled in the last 10 s');
  expect(await questions.stalled(target, windowAt(30), rule)).toBeUndefined();
  expect(await questions.stalled(target, windowAt(26), { ...rule, lockId: 'f'.repeat(16) })).toBeUndefined();
});

test('a lock has the name that its page has, and the rows that its waits add up to; an unknown one has its id', async () => {
  const id = lockIdOf('RWMutex', 'config.(*Manager).Get');
  const { to: now } = windowAt(30);
  const { name, rows } = await questions.lockOf(target, idText(id), now);
  expect([name, rows.has(id)]).toEqual(['config.(*Manager)', true]);
  const unknown = await questions.lockOf(target, 'f'.repeat(16), now);
  expect([unknown.name, [...unknown.rows]]).toEqual([undefined, [0xffff_ffff_ffff_ffffn]]);
});

test('the next stall of a lock that keeps a beat is expected in its bucket', async () => {
  const now = windowAt(line.length).from;
  expect(await lockOf()).toBe('config.(*Manager)');
  const next = await questions.expected(target, undefined, now);
  expect([((next?.at ?? 0) - start) / windowMs, next?.everySeconds, next?.stepMs]).toEqual([62, 120, windowMs]);
  expect(next?.meanWaitSeconds).toBeCloseTo(1.2, 1);
  expect(await questions.expected({ ...target, url: 'http://10.0.0.9:1' }, undefined, now)).toBeUndefined();
});
