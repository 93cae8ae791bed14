import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

export const noFiles = 'the folder has no files in it';

/**
 * The files a path stands for: itself, or those directly in the folder, in natural name order. Links to files count as
 * files, as in a mounted ConfigMap. Empty for a folder without files, which callers count with `noFiles` as the reason.
 * Throws `input.missing` for a path that does not exist or cannot be looked at.
 */
export async function filesOfPath(path: string): Promise<string[]> {
  const info = await stat(path).catch((error: unknown) => {
    const reason = errorCode(error) === 'ENOENT' ? 'no such file or folder' : errorMessage(error);
    throw new LockscopeError('input.missing', `${path}: ${reason}`, { place: path, cause: error });
  });
  if (!info.isDirectory()) return [path];
  const natural = new Intl.Collator('en', { numeric: true });
  const names = (await readdir(path)).sort((a, b) => natural.compare(a, b) || (a < b ? -1 : 1));
  const below = names.map((name) => join(path, name));
  const isFile = await Promise.all(below.map(standsForFile));
  return below.filter((_, i) => isFile[i]);
}

/** True for files and links to them; a dangling link is one, too: reading it tells what is wrong. */
async function standsForFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => true,
  );
}
