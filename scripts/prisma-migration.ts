/**
 * Makes migrations without a database: `tsx scripts/prisma-migration.ts NAME` writes one for each provider
 * from the difference between the last migration's snapshot and the present models; `--check` only tells
 * whether there is a difference and exits 1. Review the SQL before committing it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffSchemas, type Provider } from './prisma-diff';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', 'prisma');
const snapshotName = 'schema.snapshot'; // not *.prisma: Prisma reads the schema folder recursively

function lastSnapshot(migrations: string): string | undefined {
  if (!existsSync(migrations)) return undefined;
  const last = readdirSync(migrations, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  return last === undefined ? undefined : readFileSync(join(migrations, last, snapshotName), 'utf8');
}

const [argument] = process.argv.slice(2);
if (argument === undefined || !/^(--check|[a-z][a-z0-9_]*)$/.test(argument)) {
  console.error('usage: prisma-migration.ts NAME | --check');
  process.exit(2);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const providers: readonly Provider[] = ['sqlite', 'postgresql'];
let differences = 0;
for (const provider of providers) {
  const migrations = join(root, provider, 'migrations');
  const now = `${readFileSync(join(root, provider, 'datasource.prisma'), 'utf8')}\n${readFileSync(join(root, 'models.prisma'), 'utf8')}`;
  const sql = await diffSchemas(provider, lastSnapshot(migrations), now);
  if (sql === undefined) {
    console.log(`${provider}: no difference`);
    continue;
  }
  differences++;
  if (argument === '--check') {
    console.error(`${provider}: the models changed without a migration:\n${sql}`);
    continue;
  }
  const folder = join(migrations, `${stamp}_${argument}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(folder, snapshotName), now);
  console.log(`${provider}: wrote ${folder}`);
}
process.exit(argument === '--check' && differences > 0 ? 1 : 0);
