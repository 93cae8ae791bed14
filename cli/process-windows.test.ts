import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { readFixture } from '../tests/support/go-fixtures';
import { profileFromText } from '../tests/support/profile-from-text';
import type { ProfileFile } from './inputs';
import { type ProcessWindows, type WindowOptions, windowsOfProcess } from './process-windows';

const unsaid: WindowOptions = { reading: undefined, windowSeconds: undefined };
const recorded = (name: string): ProfileFile => ({
  file: name,
  kind: 'block',
  profile: decodePprof(readFixture(`edge-restart-go1.26/${name}-block.pb.gz`)),
});

/** `seconds: count/delay` of each window. */
function summary({ windows }: ProcessWindows): string[] {
  return windows.map(({ wallMs, rows }) => {
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    const value = rows.reduce((sum, row) => sum + row.value, 0);
    return `${wallMs === undefined ? '?' : Math.round(wallMs / 100) / 10}: ${count}/${value / 1e9}`;
  });
}

/** A profile taken at second `at`; `seconds` > 0 makes it a delta of that length. */
function taken(at: number, rows: string, seconds = 0): ProfileFile {
  const text = `block ${at - seconds}s..${at}s\ncontentions delay stack\n${rows}`;
  const profile = profileFromText(text);
  const durationNanos = BigInt(seconds) * 1_000_000_000n;
  const timeNanos = BigInt(at) * 1_000_000_000n;
  return {
    file: `at-${at}`,
    kind: 'block',
    profile: decodePprof(encodeProfile({ ...profile, timeNanos, durationNanos })),
  };
}

const lock = 'sync.(*Mutex).Lock ; a.F a.go:1 ; main.main';

test('cumulative profiles are subtracted from their neighbours, in order of time', () => {
  const files = [taken(30, `9 6s ${lock}`), taken(10, `2 1s ${lock}`), taken(20, `5 2s ${lock}`)];
  const process = windowsOfProcess(files, unsaid);
  expect(summary(process)).toEqual(['10: 3/1', '10: 4/4']);
  expect(process.beforeFirst).toEqual({ file: 'at-10', count: 2, value: 1e9 });
});

test('a fall is a restart: the file counts from zero over the time since the last', () => {
  const process = windowsOfProcess(
    [taken(10, `9 6s ${lock}`), taken(20, `2 1s ${lock}`), taken(30, `3 2s ${lock}`)],
    unsaid,
  );
  expect(summary(process)).toEqual(['10: 2/1', '10: 1/1']);
  expect(process.restarts).toEqual(['at-20']);
});

test('a vanished stack is a fall, too', () => {
  const other = 'sync.(*Mutex).Lock ; a.G a.go:9 ; main.main';
  expect(windowsOfProcess([taken(10, `1 1s ${lock}`), taken(20, `5 5s ${other}`)], unsaid).restarts).toEqual(['at-20']);
});

test('the recorded restart makes no negative window', () => {
  const files = ['first-process-w1', 'first-process-w2', 'second-process-w1', 'second-process-w2'].map(recorded);
  const process = windowsOfProcess(files, unsaid);
  expect(process.restarts).toEqual(['second-process-w1']);
  expect(process.windows.flatMap(({ rows }) => rows).filter(({ count, value }) => count < 0 || value < 0)).toEqual([]);
});

test('the windows add up to the last profile minus the first', () => {
  const files = [taken(10, `2 1s ${lock}`), taken(20, `5 2s ${lock}`), taken(30, `9 6s ${lock}`)];
  const sum = windowsOfProcess(files, unsaid)
    .windows.flatMap(({ rows }) => rows)
    .reduce((total, row) => total + row.value, 0);
  expect(sum).toBe(5e9);
});

test('one cumulative profile counts since process start, for as long as the user says', () => {
  const files = [taken(100, `2 1s ${lock}`)];
  expect(summary(windowsOfProcess(files, unsaid))).toEqual(['?: 2/1']);
  expect(windowsOfProcess(files, unsaid).sinceStart).toBe(true);
  const told = windowsOfProcess(files, { ...unsaid, windowSeconds: 5 });
  expect([summary(told), told.sinceStart, told.windows[0]?.start]).toEqual([['5: 2/1'], false, 95_000]);
});

test('deltas are windows by themselves, and a lone cumulative profile beside them is left out', () => {
  const process = windowsOfProcess(
    [taken(14, `3 2s ${lock}`, 4), taken(5, `90 60s ${lock}`), taken(24, `1 1s ${lock}`, 4)],
    unsaid,
  );
  expect(summary(process)).toEqual(['4: 3/2', '4: 1/1']);
  expect(process.leftOut).toEqual([{ file: 'at-5', reason: 'one cumulative profile beside deltas' }]);
});

test('a delta within the span of cumulative profiles is theirs already', () => {
  const files = [
    taken(10, `2 1s ${lock}`),
    taken(14, `1 1s ${lock}`, 4),
    taken(20, `5 3s ${lock}`),
    taken(30, `7 9s ${lock}`, 4),
  ];
  const process = windowsOfProcess(files, unsaid);
  expect(summary(process)).toEqual(['10: 3/2', '4: 7/9']);
  expect(process.leftOut.map(({ file }) => file)).toEqual(['at-14']);
});

test('the user may say how files are to be read', () => {
  const files = [taken(14, `3 2s ${lock}`, 4), taken(24, `4 3s ${lock}`, 4)];
  expect(summary(windowsOfProcess(files, { ...unsaid, reading: 'cumulative' }))).toEqual(['10: 1/1']);
  const bare = [taken(14, `3 2s ${lock}`), taken(24, `4 3s ${lock}`)];
  const deltas = windowsOfProcess(bare, { ...unsaid, reading: 'delta' });
  expect(summary(deltas)).toEqual(['?: 3/2', '?: 4/3']);
  expect(deltas.windows.map(({ start }) => start)).toEqual([undefined, undefined]);
});

test('a delta that tells no length begins as long before its time as the user says', () => {
  const { windows } = windowsOfProcess([taken(14, `3 2s ${lock}`)], { reading: 'delta', windowSeconds: 4 });
  expect(windows).toMatchObject([{ start: 10_000, wallMs: 4_000 }]);
});
