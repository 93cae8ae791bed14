import { expect, test } from 'vitest';
import type { BuildSpan } from '@/lib/query/build-windows';
import { buildLinks } from './links';

const span = (build: string): BuildSpan => ({ build, from: 0, to: 1, pods: ['a'], wallMs: 1, reporting: [1] });
const links = (query: string) =>
  buildLinks('/services/orders', new URLSearchParams(query), [span('1.41.0'), span('1.42.0'), span('1.43.0')]);

test('a first pick stays in the address of the page', () => {
  expect(links('from=now-1h').pick('1.42.0')).toBe('/services/orders/builds?from=now-1h&pick=1.42.0');
});

test('a second pick compares, the older build as the base, without the filter on a build', () => {
  const compared = '/services/orders/compare?from=now-1h&pod=a&base=build%3A1.41.0&head=build%3A1.42.0';
  expect(links('from=now-1h&pod=a&build=1.42.0&pick=1.41.0').pick('1.42.0')).toBe(compared);
  expect(links('from=now-1h&pod=a&pick=1.42.0').pick('1.41.0')).toBe(compared);
});

test('the picked build again picks none', () => {
  expect(links('from=now-1h&pick=1.42.0').pick('1.42.0')).toBe('/services/orders/builds?from=now-1h');
});

test('a picked build that is not in the range is none', () => {
  expect(links('pick=9.9').picked).toBeUndefined();
});
