import { expect, test } from 'vitest';
import { holdChanges, laneChanges, mostLanes, readTraceParams, waitChanges, windowChanges } from './trace-params';

const read = (text: string) => readTraceParams(new URLSearchParams(text));

test('an address without parameters shows what the page opens with', () => {
  expect(read('')).toEqual({
    window: undefined,
    lock: undefined,
    wait: undefined,
    hold: undefined,
    query: '',
    found: 0,
    unfold: undefined,
    offset: 0,
    overlay: 'none',
    idle: false,
    goroutines: [],
  });
});

test('everything that a pasted link must show is in it', () => {
  const text = 't0=2940000000&t1=3900000000&lock=a1&wait=17&q=state:lock&unfold=s1&offset=50&overlay=gc&idle=1&g=6,17';
  expect(read(text)).toEqual({
    window: { fromNs: 2.94e9, toNs: 3.9e9 },
    lock: 'a1',
    wait: 17,
    hold: undefined,
    query: 'state:lock',
    found: 0,
    unfold: 's1',
    offset: 50,
    overlay: 'gc',
    idle: true,
    goroutines: [6, 17],
  });
});

test('a hold is named by its holder and its end, and choosing it gives up the wait', () => {
  expect(read('hold=21-90155328').hold).toEqual({ goroutine: 21, endNs: 90_155_328 });
  expect(holdChanges({ goroutine: 21, endNs: 90_155_328.4 })).toEqual({ hold: '21-90155328', wait: null });
  expect(waitChanges(7)).toEqual({ wait: '7', hold: null });
  expect(read('hold=').hold).toBeUndefined();
});

test.each([
  ['hold=21', 'hold'],
  ['hold=G21-5', 'hold'],
  ['t0=1', 't1'],
  ['t0=5&t1=5', 't1'],
  ['t0=-1&t1=5', 't0'],
  ['overlay=heap', 'overlay'],
  ['wait=1.5', 'wait'],
  ['g=1,x', 'g'],
])('%s is refused and names %s', (text, name) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'trace.param', place: `query ${name}` }));
});

test('a window is written in whole nanoseconds and holds what was shown', () => {
  expect(windowChanges({ fromNs: 10.7, toNs: 20.2 })).toEqual({ t0: '10', t1: '21' });
  expect(windowChanges(undefined)).toEqual({ t0: null, t1: null });
});

test('a goroutine that is jumped to comes first and has one lane', () => {
  expect(laneChanges([1, 2, 3], 3)).toEqual({ g: '3,1,2' });
  const many = Array.from({ length: mostLanes }, (_, index) => index);
  expect(laneChanges(many, 99).g.split(',')).toHaveLength(mostLanes);
});
