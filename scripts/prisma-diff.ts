import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

export type Provider = 'sqlite' | 'postgresql';

/** SQL that leads from one Prisma schema to another, or undefined when they are alike. Needs no database. */
export async function diffSchemas(
  provider: Provider,
  from: string | undefined,
  to: string,
): Promise<string | undefined> {
  await startEngine();
  const factory = provider === 'sqlite' ? new PrismaBetterSqlite3({ url: ':memory:' }) : postgresStub();
  const engine = await glue.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const side = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  const { stdout, exitCode } = await engine.diff({
    from: from === undefined ? { tag: 'empty' } : side(from),
    to: side(to),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 2 ? (stdout ?? '') : undefined;
}

let started = false;

/** The package targets bundlers, so the module is instantiated by hand. */
async function startEngine(): Promise<void> {
  if (started) return;
  const glueFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(join(dirname(glueFile), 'schema_engine_bg.wasm'));
  // The glue module is the import object that wasm-bindgen generated for exactly this file.
  const imports = { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const { __wbg_set_wasm: setWasm } = glue as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void };
  setWasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  started = true;
}

/** The engine asks PostgreSQL one thing only, its version; no server is needed to answer it. */
function postgresStub(): SqlMigrationAwareDriverAdapterFactory {
  const connection = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    dispose: async () => {},
    executeScript: async () => {},
    executeRaw: async () => 0,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [5, 7, 0],
      rows: [[true, 'PostgreSQL 15.0', 150_000]],
    }),
  };
  // A diff of two schemas uses none of the members left out (transactions).
  const adapter = connection as unknown as SqlDriverAdapter;
  return {
    provider: 'postgres',
    adapterName: connection.adapterName,
    connect: async () => adapter,
    connectToShadowDb: async () => adapter,
  };
}
