import { expect, test } from 'vitest';
import { hrefWith, parseMatcher, parseView, sharedParams } from '@/lib/selection/view';
import { unixMs } from '@/lib/units';
import { blockDelay, selectionOf } from './scope';

const now = unixMs(Date.parse('2026-11-24T12:00:00Z'));

test('a URL becomes the windows of one service', () => {
  const view = parseView(new URLSearchParams('from=now-1h&to=now&pod=order-1&build=-1.41.0&label=zone=~a|b'), now);
  expect(selectionOf('order-service', view, blockDelay)).toEqual({
    type: { name: 'block', sampleType: 'delay' },
    matchers: [
      { name: 'service_name', op: '=', value: 'order-service' },
      { name: 'pod', op: '=', value: 'order-1' },
      { name: 'build', op: '!=', value: '1.41.0' },
      { name: 'zone', op: '=~', value: 'a|b' },
    ],
    from: now - 3_600_000,
    to: now,
  });
});

test('several pods mean any of them, with their dots taken literally', () => {
  const view = parseView(new URLSearchParams('pod=a.1&pod=b'), now);
  expect(view.matchers).toEqual([{ name: 'pod', op: '=~', value: 'a\\.1|b' }]);
});

test.each([
  ['from=yesterday', 'from: "yesterday" is no instant (now, now-1h, epoch seconds, ISO 8601)'],
  ['from=now&to=now-1h', 'from (now) is not before to (now-1h)'],
  ['label=oops', 'label: "oops" is no matcher (name=value, name!=value, name=~regex, name!~regex)'],
])('%s is refused in words', (query, message) => {
  expect(() => parseView(new URLSearchParams(query), now)).toThrow(message);
});

test.each([
  ['1795521600', '2026-11-24T12:00:00.000Z'],
  ['1795521600000', '2026-11-24T12:00:00.000Z'],
  ['1795521600000000000', '2026-11-24T12:00:00.000Z'],
  ['2026-11-24T12:00:00Z', '2026-11-24T12:00:00.000Z'],
  ['now-2d', '2026-11-22T12:00:00.000Z'],
])('%s is read as %s', (text, iso) => {
  const view = parseView(new URLSearchParams({ from: text, to: '2026-11-25T00:00:00Z' }), now);
  expect(new Date(view.range.from).toISOString()).toBe(iso);
});

test('a link keeps parameters that are not ours and only shared ones travel to another page', () => {
  const params = new URLSearchParams('from=now-6h&ref=pager&sort=max&pod=a&pod=b');
  expect(hrefWith('/x', params, { sort: null, q: 'Get' })).toBe('/x?from=now-6h&ref=pager&pod=a&pod=b&q=Get');
  expect(hrefWith('/y', sharedParams(params))).toBe('/y?from=now-6h&pod=a&pod=b');
});

test('a matcher may hold any text in its value', () => {
  expect(parseMatcher('k8s.pod.name!~a=b{}')).toEqual({ name: 'k8s.pod.name', op: '!~', value: 'a=b{}' });
});
