import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdTable } from './id-table';
import { mixed, RowIndex } from './row-index';

const anyId = fc.oneof(
  fc.nat(40),
  fc.nat(),
  fc.integer({ min: 0, max: 2 ** 53 }),
  fc.constantFrom(2 ** 32, 2 ** 52, 2 ** 63),
);
const step = fc.record({ id: anyId, what: fc.constantFrom('set', 'delete', 'get') });

test('a table of ids does what a Map does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = new IdTable();
      const map = new Map<number, number>();
      for (const [index, { id, what }] of steps.entries()) {
        if (what === 'set') {
          table.set(id, index);
          map.set(id, index);
        } else if (what === 'delete') {
          table.delete(id);
          map.delete(id);
        }
        expect(table.get(id)).toBe(map.get(id) ?? -1);
        expect(table.size).toBe(map.size);
      }
      const entries: [number, number][] = [];
      table.each((id, index) => entries.push([id, index]));
      expect(new Map(entries)).toEqual(map);
      table.clear();
      expect([table.size, ...map.keys()].map((id) => table.get(id))).toEqual([...map.keys(), 0].map(() => -1));
    }),
  );
});

test('a table of ids keeps a hundred thousand that come and go', () => {
  const table = new IdTable();
  for (let id = 0; id < 100_000; id += 1) {
    table.set(id * 4_096, id);
    if (id >= 1_000) table.delete((id - 1_000) * 4_096);
  }
  expect(table.size).toBe(1_000);
  expect(table.get(99_999 * 4_096)).toBe(99_999);
  expect(table.get(98_999 * 4_096)).toBe(-1);
});

test('rows whose hashes all collide are found up to a bound, and never walked beyond it', () => {
  const index = new RowIndex();
  let compared = 0;
  const find = (row: number): number =>
    index.find(7, (other) => {
      compared += 1;
      return other === row;
    });
  for (let row = 0; row < 5_000; row += 1) index.add(7, row);
  expect(find(0)).toBe(0);
  expect(find(1_023)).toBe(1_023);
  compared = 0;
  expect(find(4_999)).toBe(-1);
  expect(compared).toBe(1_024);
});

test('hashes of neighbours spread over the low bits', () => {
  const slots = new Set(Array.from({ length: 1_000 }, (_, id) => mixed(mixed(0, id), 0) & 0xffff));
  expect(slots.size).toBeGreaterThan(950);
});
