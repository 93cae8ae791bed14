// The dependency table of docs/architecture.md as Biome import rules: `node scripts/import-rules.mjs` writes them into
// biome.json. Each folder lists what it may import; everything else of ours is an error there, types included.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const base = ['lib/units', 'lib/units-format', 'lib/time-format', 'lib/errors', 'lib/group-by'];
const ports = [
  'lib/store/port',
  'lib/catalog/port',
  'lib/catalog/captures',
  'lib/catalog/arms',
  'lib/catalog/builds',
  'lib/catalog/comparisons',
  'lib/catalog/ci-reports',
  'lib/blobs/port',
];

/** folder: what it may import besides itself. */
const table = {
  'lib/profile': base,
  'lib/selection': base,
  'lib/pprof': [...base, 'lib/profile/**'],
  'lib/contention': [...base, 'lib/profile/**'],
  'lib/flamegraph': [...base, 'lib/profile/**'],
  'lib/gotrace': [...base, 'lib/profile/growable'],
  'lib/locktrace': [...base, 'lib/profile/**', 'lib/contention/**', 'lib/gotrace/**'],
  'lib/gotext': base,
  'lib/regression': [...base, 'lib/profile/**', 'lib/contention/**', 'lib/pprof/**', 'lib/gotext/**'],
  'lib/pgo': [...base, 'lib/profile/**', 'lib/pprof/**'],
  'lib/budget': base,
  'lib/forge': base,
  'lib/store': [...base, 'lib/profile/**', 'lib/selection/**', 'lib/threads/**'],
  'lib/threads': base,
  'lib/catalog': [...base, 'lib/selection/**', 'lib/scrape-address'],
  'lib/blobs': base,
  'lib/access': base,
  'lib/query': [
    ...base,
    'lib/profile/**',
    'lib/selection/**',
    'lib/contention/**',
    'lib/flamegraph/**',
    'lib/gotrace/**',
    'lib/locktrace/**',
    'lib/pprof/**',
    'lib/regression/**',
    ...ports,
  ],
  'lib/uploaded': [
    ...base,
    ...ports,
    'lib/blobs/open',
    'lib/store/memory',
    'lib/profile/**',
    'lib/pprof/**',
    'lib/contention/**',
    'lib/query/**',
    'lib/threads/**',
    'ingest/uploaded/**',
  ],
  'lib/traces': [
    ...base,
    ...ports,
    'lib/blobs/open',
    'lib/gotrace/**',
    'lib/locktrace/**',
    'lib/query/api/**',
    'lib/query/trace/**',
    'lib/threads/**',
  ],
  'lib/report': [
    ...base,
    'lib/profile/**',
    'lib/selection/**',
    'lib/contention/**',
    'lib/query/**',
    'lib/regression/**',
    'lib/budget/**',
  ],
  ingest: [
    ...base,
    ...ports,
    'lib/config*',
    'lib/http/after-request',
    'lib/live',
    'lib/scrape-address',
    'lib/profile/**',
    'lib/pprof/**',
    'lib/contention/**',
    'lib/gotrace/header',
    'lib/gotrace/source',
    'lib/selection/**',
  ],
  components: [
    ...base,
    'lib/flamegraph/**',
    'lib/selection/**',
    'lib/report/**',
    'lib/query/result',
    'lib/query/trace/result',
    'lib/contention/lock',
    'lib/regression/comparison',
    'lib/profile/**',
  ],
  app: [
    ...base,
    ...ports,
    'components/**',
    'lib/access/**',
    'lib/config*',
    'lib/context',
    'lib/live',
    'lib/profile/**',
    'lib/selection/**',
    'lib/query/**',
    'lib/report/**',
    'lib/flamegraph/**',
    'lib/pprof/**',
    'lib/contention/**',
    'lib/gotrace/header',
    'lib/gotrace/source',
    'lib/traces/port',
    'lib/traces/target-port',
    'lib/uploaded/reader',
    'lib/regression/**',
    'lib/budget/**',
    'lib/gotext/**',
  ],
  jobs: [...base, ...ports, 'lib/**', 'ingest/**'],
  cli: [...base, 'lib/**', 'ingest/**'],
};

/** Folders that also run in a browser's worker: no module of Node's. */
const browserToo = ['lib/gotrace'];

/** Names beside a folder of lib, as a relative import would write them. */
function siblings(folder) {
  if (!folder.startsWith('lib/')) return [];
  const names = [...Object.keys(table), ...base, ...ports]
    .filter((path) => path.startsWith('lib/'))
    .map((path) => path.split('/')[1]);
  return [...new Set(names)].filter((name) => `lib/${name}` !== folder);
}

/** Overrides for one folder: its own path and the allowed ones pass, every other path of the repo is refused. */
function override(folder, allowed) {
  const group = ['@/**', ...[`${folder}/**`, ...allowed].map((path) => `!@/${path}`)];
  const escapes = ['../../**', ...siblings(folder).flatMap((name) => [`../${name}`, `../${name}/**`])];
  const message = `${folder} may import only: ${[...new Set(allowed)].join(', ') || 'itself'} (docs/architecture.md).`;
  return {
    includes: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`, `!${folder}/**/*.test.ts`, `!${folder}/**/*.test.tsx`],
    linter: {
      rules: {
        ...(browserToo.includes(folder) ? { correctness: { noNodejsModules: 'error' } } : {}),
        style: {
          noRestrictedImports: {
            level: 'error',
            options: {
              patterns: [
                { group, message },
                { group: escapes, message: 'Reach another folder by its @/ path, so that the table sees it.' },
              ],
            },
          },
        },
      },
    },
  };
}

const file = new URL('../biome.json', import.meta.url);
const biome = JSON.parse(readFileSync(file, 'utf8'));
biome.overrides = Object.entries(table).map(([folder, allowed]) => override(folder, allowed));
writeFileSync(file, `${JSON.stringify(biome, null, 2)}\n`);
execFileSync('npx', ['biome', 'format', '--write', 'biome.json'], { stdio: 'ignore' });
console.log(`biome.json: import rules of ${biome.overrides.length} folders`);
