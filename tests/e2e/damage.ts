import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * Takes a table out of a database of a running server, as a damaged file or a wrong restore would; the function
 * returned puts it back.
 */
export function takeTable(dir: string, file: 'samples.db' | 'catalog.db', table: string): () => void {
  const rename = (from: string, to: string) => {
    const db = new Database(join(dir, file), { timeout: 5_000 });
    // Without it SQLite renames the table in what refers to it too.
    db.pragma('legacy_alter_table = on');
    db.exec(`alter table "${from}" rename to "${to}"`);
    db.close();
  };
  rename(table, `${table}_taken`);
  return () => rename(`${table}_taken`, table);
}
