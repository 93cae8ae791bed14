import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Footprint, footprintOf } from '@/tests/support/trace-footprint';
import { bufferSource } from '../source';

const folder = 'tests/fixtures/gotrace';
const names = readdirSync(`${folder}/expected`)
  .filter((file) => file.endsWith('.footprint.txt'))
  .map((file) => file.replace('.footprint.txt', ''));

/** Name, bytes, share, number, share: a line per kind of item; those that do not occur are left out. */
function countedByGo(name: string): Map<string, Footprint> {
  const lines = readFileSync(`${folder}/expected/${name}.footprint.txt`, 'utf8').matchAll(
    /^(\S.*?) {2,}(\d+) +[\d.]+% +(\d+) /gm,
  );
  const all = [...lines].map(([, item = '', bytes, count]): [string, Footprint] => [
    item,
    { bytes: Number(bytes), count: Number(count) },
  ]);
  return new Map(all.filter(([, { count }]) => count > 0));
}

const sorted = (found: ReadonlyMap<string, Footprint>) =>
  [...found].map(([name, { bytes, count }]) => `${name} ${bytes} ${count}`).sort();

test.each(names)('every byte of %s belongs to the item that `go tool trace -d=footprint` gives it to', (name) => {
  const file = readFileSync(`${folder}/traces/${name}.trace`);
  const { items, padding } = footprintOf(bufferSource(file));
  expect(sorted(items)).toEqual(sorted(countedByGo(name)));
  const headerBytes = 16;
  expect([...items.values()].reduce((sum, { bytes }) => sum + bytes, headerBytes + padding)).toBe(file.length);
});
