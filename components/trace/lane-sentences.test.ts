import { expect, test } from 'vitest';
import type { TileWait } from '@/lib/query/trace/result';
import { gcSentence, laneSentence, queueSentence, waitLength, waitSentence } from './lane-sentences';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const wait: TileWait = {
  wait: 3,
  goroutine: 45_981,
  name: '',
  beginNs: 1e9,
  grantedNs: 1.7319e9,
  acquiredNs: 1.732e9,
  beganBefore: false,
  unfinished: false,
  by: 6,
};

test('a wait says how long it was, how much of it came after the wake-up, and who ended it', () => {
  expect(plain(waitSentence(wait, 6e9))).toBe(
    'G45981 waits 732 ms, the last 100 µs of it already woken, released by G6.',
  );
});

test('a wait that the trace cuts is a lower bound', () => {
  const open = { ...wait, grantedNs: null, acquiredNs: null, unfinished: true, by: null };
  expect(plain(waitSentence(open, 6e9))).toBe('G45981 waits ≥ 5 s and goes on when the trace ends.');
  expect(plain(waitLength({ ...wait, beginNs: 0, beganBefore: true }, 6e9))).toBe('≥ 1.73 s');
});

test('the collector is told by what it did and the longest of each', () => {
  const range = (kind: 'gc mark' | 'stw', startNs: number, endNs: number, merged = 1) => ({
    kind,
    name: '',
    startNs,
    endNs,
    merged,
  });
  const gc = [range('gc mark', 0, 13e6), range('stw', 0, 3.2e6), range('stw', 20e6, 20.1e6, 4)];
  expect(plain(gcSentence({ gc }))).toBe('1 mark phase, the longest 13 ms; 5 pauses, the longest 3.2 ms.');
  expect(gcSentence({ gc: [] })).toContain('did not run');
});

test('readers and writers that wait are told apart', () => {
  const lock = {
    id: 'l',
    name: 'config.(*Manager)',
    family: 'RWMutex',
    holds: [],
    queue: [
      { who: 'readers' as const, mean: [0, 100, 200], max: [0, 150, 366] },
      { who: 'writers' as const, mean: [0, 0, 1], max: [0, 0, 1] },
    ],
  };
  expect(plain(queueSentence(lock))).toBe(
    'At most 366 readers (100 on average) and 1 writer (0.33 on average) wait at config.(*Manager).',
  );
});

test('a lane says what share of the window each state took', () => {
  const bar = (state: 'sleep' | 'running', startNs: number, endNs: number) => ({
    state,
    label: '',
    startNs,
    endNs,
    merged: 1,
  });
  const lane = { goroutine: 6, name: 'main.reloader', bars: [bar('sleep', 0, 900), bar('running', 900, 2_000)] };
  expect(plain(laneSentence(lane, { fromNs: 0, toNs: 1_000 }))).toBe('G6 in 1 µs: sleeping 90 %, running 10 %.');
  expect(laneSentence({ ...lane, bars: [] }, { fromNs: 0, toNs: 1_000 })).toBe('Nothing is known of G6 here.');
});
