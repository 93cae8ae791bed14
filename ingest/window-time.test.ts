import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { checkAge, windowTime } from './window-time';

const at = 1_795_556_000_000;
const ns = (ms: number) => BigInt(ms) * 1_000_000n;
const facts = { timeNanos: 0n, durationNanos: 0n, timeIsStart: false, from: undefined, until: undefined };

test.each([
  [
    "pyroscope-go's deltas: the window of the request",
    { timeNanos: ns(at + 10_000), from: unixMs(at), until: unixMs(at + 10_000) },
    [0, 10_000],
  ],
  [
    "Go's CPU: from time_nanos on, whatever the request says",
    {
      timeNanos: ns(at),
      durationNanos: ns(10_003),
      timeIsStart: true,
      from: unixMs(at - 9_000),
      until: unixMs(at + 11_000),
    },
    [0, 10_003],
  ],
  [
    'a profile of ?seconds=4, or of @pyroscope/nodejs: up to time_nanos',
    { timeNanos: ns(at), durationNanos: ns(4_000) },
    [-4_000, 4_000],
  ],
  [
    'a duration, but a time of 1970: up to the end of the request',
    { timeNanos: 5n, durationNanos: ns(4_000), from: unixMs(at - 9_000), until: unixMs(at) },
    [-4_000, 4_000],
  ],
  ['a duration and only a beginning', { durationNanos: ns(4_000), from: unixMs(at) }, [0, 4_000]],
])('%s', (_what, given, [start, wallMs]) => {
  expect(windowTime({ ...facts, ...given })).toEqual({ start: at + (start ?? 0), wallMs });
});

test.each([
  ['nothing told', {}],
  ['only a time', { timeNanos: ns(at) }],
  ['a duration without any instant', { durationNanos: ns(4_000) }],
  ['a request that ends as it begins', { from: unixMs(at), until: unixMs(at) }],
  ['a negative duration and no request', { timeNanos: ns(at), durationNanos: -5n }],
])('%s: no window', (_what, given) => {
  expect(windowTime({ ...facts, ...given })).toBeUndefined();
});

test('what is older than raw data is kept, or more than ten minutes ahead, is refused', () => {
  const now = unixMs(at);
  const limits = { behindMs: 3 * 86_400_000, aheadMs: 600_000 };
  const window = (start: number) => ({ start: unixMs(start), wallMs: 10_000 });
  expect(() => checkAge(window(at - limits.behindMs), now, limits)).not.toThrow();
  expect(() => checkAge(window(at + 590_000), now, limits)).not.toThrow();
  expect(() => checkAge(window(at - limits.behindMs - 1), now, limits)).toThrow(
    expect.objectContaining({ code: 'ingest.too-old' }),
  );
  expect(() => checkAge(window(at + 590_001), now, limits)).toThrow(
    expect.objectContaining({ code: 'ingest.too-new' }),
  );
  expect(() => checkAge(window(9e15), now, limits)).toThrow('9000000000010000 ms');
});
