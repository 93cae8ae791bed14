import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

/** SQLite's failures in our words; other errors stay as they are. */
export function toStoreError(error: unknown, file: string): unknown {
  const code = errorCode(error) ?? '';
  if (code.startsWith('store.')) return error;
  const wrap = (ours: string, message: string) =>
    new LockscopeError(ours, `${file}: ${message} (${code}: ${errorMessage(error)})`, { place: file, cause: error });
  if (isFull(error)) return wrap('store.full', 'no space left on the disk');
  if (isBusy(error)) return wrap('store.busy', 'another program keeps the file locked');
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return wrap('store.damaged', 'the file is damaged; restore it from a backup, or move it away to start empty');
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    ['EROFS', 'EACCES', 'EPERM'].includes(code)
  ) {
    return wrap('store.read-only', 'the folder cannot be written');
  }
  return error;
}

export function isFull(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  // A full file system shows as SQLITE_FULL, or as an I/O error of the write, truncation or shared memory.
  return [
    'store.full',
    'SQLITE_FULL',
    'SQLITE_IOERR_WRITE',
    'SQLITE_IOERR_TRUNCATE',
    'SQLITE_IOERR_SHMSIZE',
    'ENOSPC',
    'EDQUOT',
  ].includes(code);
}

/** Nobody but this process should hold the file; somebody looking into it with another program may. */
export function isBusy(error: unknown): boolean {
  return errorCode(error)?.startsWith('SQLITE_BUSY') === true;
}
