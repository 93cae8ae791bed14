import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const known = new Set(readFileSync('lib/config-env.ts', 'utf8').match(/LOCKSCOPE_[A-Z_]+(?=:)/g));
const written = [
  'README.md',
  'docs/install.md',
  'Dockerfile',
  'docs/deploy/lockscope.service',
  'docs/deploy/lockscope.k8s.yaml',
  'docs/deploy/nginx.conf',
];

test.each(written)('every variable that %s names is read by the configuration', (file) => {
  const named = [...new Set(readFileSync(file, 'utf8').match(/LOCKSCOPE_[A-Z_]+/g) ?? [])];
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('every path the Dockerfile copies exists in the repo or is made by the build', () => {
  const made = new Set(['node_modules', '.next', 'dist']);
  const copies = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (.+)$/gm)].map((match) => match[1] ?? '');
  const sources = copies.flatMap((line) =>
    line
      .split(' ')
      .filter((word) => !word.startsWith('--'))
      .slice(0, -1),
  );
  const paths = sources.map((path) => path.replace(/^\/src\//, '')).filter((path) => !made.has(path));
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test('every file a document links to exists', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'docs/install.md', 'docs/architecture.md'];
  const broken = documents.flatMap((file) => {
    const folder = file.includes('/') ? 'docs/' : '';
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(
      (match) => match[1] ?? '',
    );
    return links.filter((link) => !existsSync(folder + link)).map((link) => `${file}: ${link}`);
  });
  expect(broken).toEqual([]);
});
