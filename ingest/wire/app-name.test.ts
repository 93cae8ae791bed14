import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { parseAppName } from './app-name';
import { parseAtTime } from './attime';

test.each([
  ['app', 'app', []],
  ['shop/orders-v2.api', 'shop/orders-v2.api', []],
  ['app{}', 'app', []],
  [
    'app{pod=a-1,region=eu west}',
    'app',
    [
      ['pod', 'a-1'],
      ['region', 'eu west'],
    ],
  ],
  [
    'app{ pod = a , b.c=x=y }',
    'app',
    [
      ['pod', 'a'],
      ['b.c', 'x=y'],
    ],
  ],
  ['app{empty=}', 'app', [['empty', '']]],
  ['app{quoted="v"}', 'app', [['quoted', '"v"']]],
])('%s', (text, service, labels) => {
  expect(parseAppName(text)).toEqual({ service, labels });
});

test.each(['', '{a=b}', 'app{a=b', 'a b', 'äpp', 'app{a-b=c}', 'app{=c}', 'app{c}'])('"%s" is no name', (text) => {
  expect(() => parseAppName(text)).toThrow(expect.objectContaining({ code: 'ingest.metadata', place: 'query name' }));
});

const now = unixMs(1_800_000_000_000);
test.each([
  ['1795556769', 1_795_556_769_000],
  ['1795556769661', 1_795_556_769_661],
  ['1795556769661296', 1_795_556_769_661],
  ['1795556769661296701', 1_795_556_769_661],
  ['20261124', Date.UTC(2026, 10, 24)],
  ['now', now],
  ['now-1h', now - 3_600_000],
  ['now-90s', now - 90_000],
  ['now-2d', now - 2 * 86_400_000],
  ['', now],
])('the instant %s', (text, ms) => {
  expect(parseAtTime(text, 'from', now)).toBe(ms);
});

test.each(['yesterday', '17', '-1795556769', '1e9', 'now+1h', '20261399x', '2026-11-24'])(
  '"%s" is no instant',
  (text) => {
    expect(() => parseAtTime(text, 'until', now)).toThrow(
      expect.objectContaining({ code: 'ingest.metadata', place: 'query until' }),
    );
  },
);
