import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const versions = '/usr/lib/postgresql';
const isRoot = userInfo().uid === 0;

function binFolder(): string | undefined {
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .sort()
    .map((version) => join(versions, version, 'bin'))
    .filter((folder) => existsSync(join(folder, 'initdb')))
    .at(-1);
}

/** Why no PostgreSQL server can be started here, or undefined. */
export const postgresMissing: string | undefined =
  binFolder() === undefined ? `no PostgreSQL server under ${versions}` : undefined;

export interface PostgresCluster {
  /** Makes an empty database and gives its URL. */
  createDatabase(name: string): string;
  stop(): void;
}

/** A cluster of its own in a temporary folder, reached over a socket there; as user `postgres` when root (the server refuses root). */
export function startPostgres(): PostgresCluster {
  const bin = binFolder();
  if (bin === undefined) throw new Error(postgresMissing);
  const folder = mkdtempSync(join(tmpdir(), 'lockscope-pg-'));
  const run = (program: string, args: readonly string[]) =>
    isRoot
      ? execFileSync('runuser', ['-u', 'postgres', '--', join(bin, program), ...args], { stdio: 'ignore', cwd: '/' })
      : execFileSync(join(bin, program), args, { stdio: 'ignore' });
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    chownSync(folder, uid ?? 0, gid ?? 0);
  }
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  run('initdb', ['-A', 'trust', '-U', 'postgres', '-D', data, '--no-sync']);
  run('pg_ctl', [
    '-D',
    data,
    '-l',
    join(folder, 'log'),
    '-o',
    `-c listen_addresses= -c fsync=off -k ${folder}`,
    '-w',
    'start',
  ]);
  return {
    createDatabase(name) {
      run('createdb', ['-h', folder, '-U', 'postgres', name]);
      return `postgresql://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`;
    },
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
