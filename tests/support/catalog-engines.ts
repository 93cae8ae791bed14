import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { openCatalog } from '@/lib/catalog/open';
import { type PostgresCluster, postgresMissing, startPostgres } from '@/tests/support/postgres';

export interface CatalogEngine {
  readonly name: string;
  /** Why it cannot be tested here; undefined = it can. */
  readonly missing: string | undefined;
  /** A place for an empty catalogue, another one at each call. */
  readonly where: () => Parameters<typeof openCatalog>[0];
}

/** The databases that a catalogue is tested on; PostgreSQL starts at its first use. `stop` removes all. */
export function catalogEngines(name: string): { readonly engines: readonly CatalogEngine[]; stop(): void } {
  const folder = mkdtempSync(join(tmpdir(), `lockscope-${name}-`));
  let cluster: PostgresCluster | undefined;
  let databases = 0;
  return {
    engines: [
      { name: 'SQLite', missing: undefined, where: () => ({ dir: join(folder, `db-${++databases}`) }) },
      {
        name: 'PostgreSQL',
        missing: postgresMissing,
        where: () => {
          cluster ??= startPostgres();
          return { postgresUrl: cluster.createDatabase(`${name}_${++databases}`) };
        },
      },
    ],
    stop() {
      cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
