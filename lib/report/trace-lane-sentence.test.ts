import { expect, test } from 'vitest';
import type { TileHold, TraceTile } from '@/lib/query/trace/result';
import { lockLaneSentence, statesSentence, waitersSentence } from './trace-lane-sentence';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const site = { id: 's', kind: 'RWMutex.Unlock', function: 'shop/config.(*Manager).ReloadFromDB', file: '', line: 0 };
const hold: TileHold = {
  goroutine: 6,
  site,
  mode: 'write',
  start: 'exact',
  startNs: 0,
  certainNs: 0,
  endNs: 733e6,
  released: true,
  woke: 366,
  merged: 1,
  heldNs: 733e6,
};
const lane = (holds: TileHold[], max: number[]): Pick<TraceTile, 'lock'> => ({
  lock: {
    id: 'l',
    name: 'config.(*Manager)',
    family: 'RWMutex',
    holds,
    queue: [{ who: 'readers', mean: max, max }],
  },
});

test('states are told by mean and largest number, and who is left out', () => {
  const said = statesSentence({
    fromNs: 0,
    toNs: 961e6,
    runtimeGoroutines: 5,
    states: [
      { state: 'running', mean: [1, 3], max: [2, 4] },
      { state: 'lock', mean: [100, 300], max: [180, 366] },
      { state: 'gc', mean: [0, 0], max: [0, 0] },
    ],
  });
  expect(plain(said)).toBe(
    "In 961 ms the program had 202 goroutines on average: 200 waiting for a lock (at most 366), 2.0 running (at most 4). 5 of the Go runtime's own are left out.",
  );
});

test('one exact hold is told with its holder', () => {
  expect(plain(lockLaneSentence(lane([hold], [0, 366])))).toBe(
    'config.(*Manager) was held 1 time while others waited, 733 ms in all, by G6 in ReloadFromDB; at once waited at most 366 readers.',
  );
});

test('holds that are not exact make the sum a lower bound, merged ones are counted', () => {
  const merged: TileHold = { ...hold, start: 'bounded', merged: 40, heldNs: 2e6 };
  const unknown: TileHold = { ...hold, start: 'unknown', heldNs: 0 };
  expect(plain(lockLaneSentence(lane([hold, merged, unknown], [0])))).toBe(
    'config.(*Manager) was held 42 times while others waited, ≥ 735 ms in all, 1 of unknown length, longest in ReloadFromDB; nobody waited for it.',
  );
});

test('waiters are told by site, with the rows shown', () => {
  const waits = { kind: 'RWMutex.RLock', id: 'w', function: 'shop/config.(*Manager).GetConfig', file: '', line: 0 };
  const said = waitersSentence({
    waiters: [{ site: waits, waits: 1104, mean: [1], max: [366] }],
    unfolded: undefined,
  });
  expect(plain(said)).toBe('1 104 waits in GetConfig (RWMutex.RLock), at most 366 at once.');
  expect(waitersSentence({ waiters: [], unfolded: undefined })).toBe('Nobody waited for this lock in this window.');
});
