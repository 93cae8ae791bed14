import { createRequire } from 'node:module';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { errorMessage, LockscopeError } from '@/lib/errors';

/** What to do about every one of these: setup puts in the version that fits. */
const remedy = 'run "npm run setup" with this Node';

/**
 * Why this better-sqlite3 would take the process down on this Node, or undefined. Versions as `12.11.1` and `24.19.0`.
 * Source: scripts/sqlite-for-node.sh; 12 aborts from Node 24.19 on, 13 crashes at its first call before Node 22.
 */
export function sqliteMisfit(sqlite: string, node: string): string | undefined {
  const [release = 0] = numbers(sqlite);
  const [major = 0, minor = 0] = numbers(node);
  if (release < 13 && (major > 24 || (major === 24 && minor >= 19))) {
    return `better-sqlite3 ${sqlite} aborts on Node ${node}: ${remedy}, which puts 13 in its place`;
  }
  if (release >= 13 && major < 22) {
    return `better-sqlite3 ${sqlite} crashes on Node ${node}: ${remedy}, which puts 12 in its place`;
  }
  return undefined;
}

const numbers = (version: string) => version.split('.').map(Number);

/** Opens nothing of ours. Throws `store.sqlite` when better-sqlite3 cannot run on this Node, or was built for another. */
export function assertSqliteFitsNode(): void {
  const version = installedVersion();
  const misfit = sqliteMisfit(version, process.versions.node);
  if (misfit !== undefined) throw new LockscopeError('store.sqlite', misfit, { place: 'better-sqlite3' });
  try {
    new Database(':memory:').close();
  } catch (cause) {
    // The first line names the file; the rest is advice that leaves the other version in place.
    const [reason = ''] = errorMessage(cause).split('\n');
    throw new LockscopeError(
      'store.sqlite',
      `better-sqlite3 ${version} has no binary that Node ${process.versions.node} can load: ${remedy} (${reason})`,
      { place: 'better-sqlite3', cause },
    );
  }
}

function installedVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('better-sqlite3/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}
