import { expect, test } from 'vitest';
import { axisTicks, formatAge, formatInstant, formatSpan, relativeRangeName } from './time-format';

const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');
const at = Date.UTC(2026, 10, 24, 14, 23, 10);

test('an instant alone says its date and zone', () => {
  expect(plain(formatInstant(at))).toBe('2026-11-24 14:23:10 UTC');
});

test('a span over midnight says both dates', () => {
  expect(formatSpan(at, at + 60_000)).toBe('14:23:10 – 14:24:10');
  expect(formatSpan(at, at + 86_400_000)).toBe('2026-11-24 14:23 – 2026-11-25 14:23');
});

test('an age is measured against the given now', () => {
  expect(plain(formatAge(at, at + 8_000))).toBe('8 s ago');
  expect(formatAge(at, at)).toBe('just now');
});

test('a relative range has a name and any other has none', () => {
  expect(plain(relativeRangeName('now-1h', 'now'))).toBe('last 1 h');
  expect(relativeRangeName('now-1h', 'now-5m')).toBeUndefined();
  expect(relativeRangeName('1700000000', 'now')).toBeUndefined();
});

test('axis ticks are round instants inside the range', () => {
  const ticks = axisTicks(at, at + 275_000, 10);
  expect(ticks.map((tick) => tick.text)).toEqual([
    '14:23:30',
    '14:24:00',
    '14:24:30',
    '14:25:00',
    '14:25:30',
    '14:26:00',
    '14:26:30',
    '14:27:00',
    '14:27:30',
  ]);
  for (const tick of ticks) expect(tick.share).toBeCloseTo((tick.at - at) / 275_000);
});
