// Cuts the operations that lib/forge uses out of GitHub's published OpenAPI description:
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
//   node scripts/github-subset.mjs package
// writes tests/support/fake-forge/github-openapi.json: no descriptions, no examples, only what is referred to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const operations = [
  'users/get-authenticated',
  'issues/list-comments',
  'issues/create-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'checks/create',
  'checks/update',
  'checks/list-for-ref',
  'repos/create-commit-status',
  'repos/compare-commits-with-basehead',
  'pulls/get',
  'pulls/list-files',
  'repos/list-pull-requests-associated-with-commit',
  'repos/get-content',
  'apps/get-repo-installation',
  'apps/create-installation-access-token',
];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/github-subset.mjs <unpacked @octokit/openapi>');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const source = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8'));

const dropped = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'summary',
  'tags',
  'x-github',
  'x-octokit',
  'title',
]);

/** A copy without texts; members of `properties` keep their names whatever they are. */
function bare(value, names = false) {
  if (Array.isArray(value)) return value.map((entry) => bare(entry));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => names || !dropped.has(name));
  return Object.fromEntries(kept.map(([name, entry]) => [name, bare(entry, !names && name === 'properties')]));
}

const paths = {};
const found = new Set();
for (const [path, methods] of Object.entries(source.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (!operations.includes(operation.operationId)) continue;
    found.add(operation.operationId);
    paths[path] = { ...paths[path], [method]: bare(operation) };
  }
}
const missing = operations.filter((id) => !found.has(id));
if (missing.length > 0) throw new Error(`not in the description: ${missing.join(', ')}`);

const components = {};
const pending = references(paths);
for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
  const [, , kind, name] = ref.split('/');
  if (components[kind]?.[name] !== undefined) continue;
  const component = bare(source.components[kind][name]);
  components[kind] = { ...components[kind], [name]: component };
  pending.push(...references(component));
}

function references(value) {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const subset = {
  openapi: source.openapi,
  info: {
    title: "Subset of GitHub's REST API description, cut by scripts/github-subset.mjs",
    version,
    source: `npm @octokit/openapi ${version}, generated/api.github.com.json`,
    license: readFileSync(join(folder, 'LICENSE'), 'utf8').trim(),
  },
  paths: sorted(paths),
  components: sorted(Object.fromEntries(Object.entries(components).map(([kind, entries]) => [kind, sorted(entries)]))),
};
const target = new URL('../tests/support/fake-forge/github-openapi.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(subset)}\n`);
console.log(`${found.size} operations, ${JSON.stringify(subset).length} bytes`);
