import { expect, test } from 'vitest';
import { pageOf } from './page-of';

const rows = ['a', 'b', 'c', 'd', 'e'];
const page = (query: string) => pageOf(rows, new URLSearchParams(query));

test('a page says how many rows there are in all, and where the next one starts', () => {
  expect(page('limit=2&cursor=1')).toEqual({ rows: ['b', 'c'], total: 5, next: '3' });
  expect(page('limit=0')).toEqual({ rows, total: 5, next: null });
});

test.each([
  ['limit=many', 'limit: "many" is no whole number in range'],
  ['cursor=-1', 'cursor: "-1" is no whole number in range'],
])('%s is refused by name', (query, message) => {
  expect(() => page(query)).toThrow(message);
});
