import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';

const probes: string[] = [];
afterEach(() => {
  for (const probe of probes.splice(0)) rmSync(probe, { force: true });
});

/** What Biome says of a file in `folder` that imports `path`. */
function lint(folder: string, path: string, extra = ''): string {
  const probe = `${folder}/import-probe-${process.pid}-${probes.length}.ts`;
  probes.push(probe);
  writeFileSync(probe, `import { probe } from '${path}';\n\nexport const probed = probe;\n${extra}`);
  const { stdout, stderr } = spawnSync('npx', ['biome', 'lint', '--vcs-enabled=false', probe], { encoding: 'utf8' });
  return stdout + stderr;
}

test.each([
  ['lib/query', '@/lib/store/open'],
  ['lib/query', '../store/memory'],
  ['lib/profile', '@/lib/store/port'],
  ['lib/query', '../../ingest/receive'],
  ['components/ui', '@/lib/store/port'],
  ['app', '@/lib/catalog/open'],
  ['ingest', '@/lib/query/locks'],
])('a file in %s that imports %s is an error that names the table', (folder, path) => {
  expect(lint(folder, path)).toContain(
    path.startsWith('@/') ? `may import only` : 'Reach another folder by its @/ path',
  );
});

test.each([
  ['lib/query', '@/lib/store/port'],
  ['app', '@/lib/query/locks'],
  ['lib/store/sqlite', '../port'],
])('a file in %s may import %s', (folder, path) => {
  expect(lint(folder, path)).not.toContain('noRestrictedImports');
});

test('lib/gotrace, which runs in browsers too, may use nothing of Node', () => {
  expect(lint('lib/gotrace', 'node:fs')).toContain('noNodejsModules');
  expect(lint('lib/query', 'node:fs')).not.toContain('noNodejsModules');
});
