import { join } from 'node:path';
import Database from 'better-sqlite3';
import { errorCode, LockscopeError } from '@/lib/errors';
import { toStoreError } from './sqlite-error';

/**
 * Takes a data folder for this process: `LOCK` is an SQLite file held in an exclusive transaction, so the operating
 * system gives it back even after `kill -9`. Nothing else may open that file (closing any handle drops the lock).
 * Throws `store.locked` when another server has it, `store.damaged` when it is no SQLite file.
 */
export function lockFolder(dir: string): { release(): void } {
  const file = join(dir, 'LOCK');
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 0 });
    db.exec('begin exclusive');
  } catch (error) {
    db?.close();
    if (errorCode(error) === 'SQLITE_BUSY') {
      throw new LockscopeError('store.locked', `${dir} is in use by another Lockscope server`, {
        place: file,
        cause: error,
      });
    }
    const ours = toStoreError(error, file);
    if (errorCode(ours) !== 'store.damaged') throw ours;
    const message = `${file}: the lock file is damaged; it holds no data: delete it and start again`;
    throw new LockscopeError('store.damaged', message, { place: file, cause: error });
  }
  const held = db;
  return {
    release() {
      held.close();
    },
  };
}
