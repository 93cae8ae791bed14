import { describe, expect, test } from 'vitest';
import { filtersOf, hrefWithFilter, hrefWithout } from './filters';
import { absoluteRange, shiftRange, zoomRange } from './range-moves';
import { parseTimePhrase } from './time-phrase';

const now = Date.UTC(2026, 10, 24, 15, 0, 0);
const hour = 3_600_000;
const seconds = (...parts: Parameters<typeof Date.UTC>) => String(Date.UTC(...parts) / 1000);

describe('moving the range', () => {
  test('shifting back keeps the length and moves by half of it', () => {
    const range = { from: now - hour, to: now, live: true };
    expect(shiftRange(range, -1, now)).toEqual({
      from: String((now - 1.5 * hour) / 1000),
      to: String((now - 0.5 * hour) / 1000),
    });
  });

  test('shifting forward stops at now', () => {
    const range = { from: now - hour - 60_000, to: now - 60_000, live: false };
    expect(shiftRange(range, 1, now)).toEqual({ from: String((now - hour) / 1000), to: String(now / 1000) });
  });

  test('zooming a live range keeps it live', () => {
    expect(zoomRange({ from: now - hour, to: now, live: true }, 2, now)).toEqual({ from: 'now-7200s', to: 'now' });
  });

  test('zooming in and out again gives the range back', () => {
    const range = { from: now - 4 * hour, to: now - 2 * hour, live: false };
    const near = zoomRange(range, 0.5, now);
    const back = zoomRange({ from: Number(near.from) * 1000, to: Number(near.to) * 1000, live: false }, 2, now);
    expect(back).toEqual(absoluteRange(range));
  });
});

describe('time phrases', () => {
  test.each([
    ['last 2h', 'now-2h', 'now'],
    ['30 m', 'now-30m', 'now'],
    ['14:20-14:30', seconds(2026, 10, 24, 14, 20), seconds(2026, 10, 24, 14, 30)],
    ['14:20-14:30 yesterday', seconds(2026, 10, 23, 14, 20), seconds(2026, 10, 23, 14, 30)],
    ['23:50 to 00:10 yesterday', seconds(2026, 10, 23, 23, 50), seconds(2026, 10, 24, 0, 10)],
    ['yesterday', seconds(2026, 10, 23), seconds(2026, 10, 24)],
  ])('%s', (text, from, to) => {
    expect(parseTimePhrase(text, now)).toEqual({ from, to });
  });

  test.each(['', 'order-service', '25:00-26:00', 'last', '14:20'])('%o is no time phrase', (text) => {
    expect(parseTimePhrase(text, now)).toBeUndefined();
  });
});

describe('filters', () => {
  const params = new URLSearchParams('from=now-1h&pod=a&pod=-b&label=zone!~eu.*&x=1');

  test('are read in the order of the URL and nothing else is', () => {
    expect(filtersOf(params).map((filter) => `${filter.label} ${filter.text}`)).toEqual([
      'pod a',
      'pod not b',
      'zone !~ eu.*',
    ]);
  });

  test('removing one keeps its namesakes and unknown parameters', () => {
    const [first] = filtersOf(params);
    if (first === undefined) throw new Error('no filter');
    expect(hrefWithout('/', params, first)).toBe('/?from=now-1h&pod=-b&label=zone%21%7Eeu.*&x=1');
  });

  test('adding an unnamed label writes a matcher', () => {
    expect(hrefWithFilter('/', new URLSearchParams(), 'team', 'orders')).toBe('/?label=team%3Dorders');
    expect(hrefWithFilter('/', new URLSearchParams(), 'team', '-orders')).toBe('/?label=team%21%3Dorders');
    expect(hrefWithFilter('/', new URLSearchParams('pod=a'), 'pod', 'b')).toBe('/?pod=a&pod=b');
  });
});

test('a filter that is there already is not added again, and one written twice is one', () => {
  const params = new URLSearchParams('pod=a&pod=a&label=team%3Deu');
  expect(hrefWithFilter('/', params, 'team', 'eu')).toBe(hrefWithFilter('/', params, 'pod', 'a'));
  expect(filtersOf(params).map(({ label, text }) => `${label} ${text}`)).toEqual(['pod a', 'team eu']);
});
