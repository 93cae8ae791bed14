import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '@/lib/errors';

/**
 * Makes a folder and those above it that are missing. Throws what `mkdir` throws: own code because the platform's
 * `recursive` never returns where a file system answers ENOENT below a folder that is there, as /proc does.
 */
export function makeFolder(dir: string): void {
  // A file of that name: mkdir says it best.
  if (existsSync(dir) && !statSync(dir).isDirectory()) mkdirSync(dir);
  const missing: string[] = [];
  for (let path = resolve(dir); !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) {
    try {
      mkdirSync(path);
    } catch (error) {
      // Another process was faster.
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
