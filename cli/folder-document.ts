import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { errorCode, LockscopeError } from '@/lib/errors';

/**
 * Reads a JSON file of a folder; undefined when there is none. Throws an error of `code` that names the file, and the
 * member where there is one, for a file that is not as the schema says.
 */
export async function readFolderDocument<T extends z.ZodType>(
  folder: string,
  name: string,
  schema: T,
  code: string,
): Promise<z.infer<T> | undefined> {
  const path = join(folder, name);
  const refused = (message: string) => new LockscopeError(code, `${path}: ${message}`, { place: path });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refused('not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(`${issue?.path.join('.')}: ${issue?.message}`);
}

/** Writes a JSON file of a folder. */
export async function writeFolderDocument(folder: string, name: string, document: unknown): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(document, null, 1)}\n`);
}

/** A value that may not be known: null, also when the file does not have it. */
export const known = <T extends z.ZodType>(type: T) => type.nullable().default(null);
