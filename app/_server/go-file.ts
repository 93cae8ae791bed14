import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

const maxBytes = 1_000_000;

/**
 * A Go file below `dir` by the longest end of the recorded path that exists there; undefined when there is none of
 * at most 1 MB. The recorded path comes from whoever sends profiles: only names are taken from it, and the file must
 * lie below `dir` after links are followed.
 */
export async function readGoFile(
  dir: string,
  recorded: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const parts = recorded.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  if (!recorded.endsWith('.go') || recorded.includes('\0')) return undefined;
  for (let from = 0; from < parts.length; from++) {
    const path = parts.slice(from).join('/');
    const text = await readBelow(dir, path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

async function readBelow(dir: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(dir);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const { size } = await stat(file);
    return size > maxBytes ? undefined : await readFile(file, 'utf8');
  } catch {
    // Not there, not readable, or a folder: the next shorter path is tried, and the page says what it did not find.
    return undefined;
  }
}
