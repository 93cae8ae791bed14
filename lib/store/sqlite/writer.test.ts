import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchOf, hour0 } from '@/tests/conformance/batches';
import { Meta } from './meta';
import { configureWriter, migrate, migrations } from './schema';
import { SampleWriter } from './writer';

let db: Database.Database;
let writer: SampleWriter;

beforeEach(() => {
  db = new Database(':memory:');
  configureWriter(db, 0);
  migrate(db, 'memory', migrations, () => undefined);
  writer = new SampleWriter(db, 'memory', new Meta(db));
  // Stands for any failure of one window inside the engine.
  db.exec("create trigger fail before insert on win when new.wall = 666 begin select raise(abort, 'bad luck'); end");
});
afterEach(() => db.close());

const good = (lane: number) => ({ start: hour0 + lane * 10_000, rows: { 'cache.Get': [1, 1] as const } });
const bad = (lane: number) => ({ ...good(lane), wallMs: 666, rows: { 'db.Query': [1, 1] as const } });

test('a window that the engine cannot store is refused alone; its batch and its neighbours are stored', () => {
  const outcomes = writer.commit([batchOf(good(0)), batchOf(good(1), bad(2), good(3)), batchOf(good(4))]);
  expect(outcomes).toEqual([
    { stored: 1, duplicates: 0, rejected: [] },
    { stored: 2, duplicates: 0, rejected: [{ index: 1, code: 'store.write-failed', detail: 'bad luck' }] },
    { stored: 1, duplicates: 0, rejected: [] },
  ]);
  expect(db.prepare('select count(*) from win').pluck().get()).toBe(4);
  expect(db.prepare("select value from meta where name = 'windows'").pluck().get()).toBe(4);
});

test('ids given out in a transaction that failed are not used afterwards', () => {
  db.exec("create trigger late before insert on segment begin select raise(abort, 'once'); end");
  const [failed] = writer.commit([batchOf(good(0))]);
  expect(failed).toMatchObject({ stored: 0, rejected: [{ code: 'store.write-failed' }] });
  db.exec('drop trigger late');
  expect(writer.commit([batchOf(good(0))])).toEqual([{ stored: 1, duplicates: 0, rejected: [] }]);
  const orphans = 'select count(*) from win where series not in (select id from series)';
  expect(db.prepare(orphans).pluck().get()).toBe(0);
});
