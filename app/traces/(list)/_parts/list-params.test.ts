import { expect, test } from 'vitest';
import { readListParams } from './list-params';

const read = (query: string) => readListParams(new URLSearchParams(query));

test('the address filters by service and lock and says which page', () => {
  expect(read('')).toEqual({ service: undefined, lock: undefined, page: 1 });
  expect(read('service=orders&lock=00000000000000ff&page=2')).toEqual({
    service: 'orders',
    lock: '00000000000000ff',
    page: 2,
  });
  expect(read('service=&lock=')).toEqual({ service: undefined, lock: undefined, page: 1 });
});

test.each(['0', '-1', 'last', '1.5', '12345678'])('page=%s is refused by name', (page) => {
  expect(() => read(`page=${page}`)).toThrow(`page: "${page}" is no page number`);
});

test('a lock that is no id is refused by name', () => {
  expect(() => read('lock=Manager')).toThrow('lock: "Manager" is no lock\'s id');
});
