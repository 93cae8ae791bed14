import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { errorCode, LockscopeError } from '@/lib/errors';
import type { ArmName } from './ci-run-plan';

export interface RunFolder {
  readonly path: string;
  readonly arms: Readonly<Record<ArmName, string>>;
}

/**
 * Makes the folder of a run with one for each arm and calls `use`; a folder that nobody asked for is removed after.
 * Throws `cli.usage` for one that is not empty: runs of another time would be taken for this one's.
 */
export async function withRunFolder<T>(out: string | undefined, use: (folder: RunFolder) => Promise<T>): Promise<T> {
  const path = out === undefined ? await mkdtemp(join(tmpdir(), 'lockscope-runs-')) : resolve(out);
  if (out !== undefined && !(await isEmpty(path)))
    throw new LockscopeError('cli.usage', `--out ${out}: is not empty`, { place: path });
  const arms = { base: join(path, 'base'), head: join(path, 'head') };
  try {
    for (const folder of Object.values(arms)) await mkdir(folder, { recursive: true });
    return await use({ path, arms });
  } finally {
    if (out === undefined) await rm(path, { recursive: true, force: true });
  }
}

/** Gives `use` a folder that is removed after. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'lockscope-build-'));
  try {
    return await use(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function isEmpty(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
}
