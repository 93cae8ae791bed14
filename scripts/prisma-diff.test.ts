import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diffSchemas, type Provider } from './prisma-diff';

const schema = (provider: Provider) =>
  ['models.prisma', `${provider}/datasource.prisma`]
    .map((file) => readFileSync(new URL(`../prisma/${file}`, import.meta.url), 'utf8'))
    .join('\n');

test.each<Provider>(['sqlite', 'postgresql'])(
  '%s: equal models need no migration, a new column needs one',
  async (provider) => {
    const now = schema(provider);
    const changed = now.replace(/model Service \{/, 'model Service {\n  note String?');
    expect(await diffSchemas(provider, now, now)).toBeUndefined();
    expect(await diffSchemas(provider, now, changed)).toMatch(/ALTER TABLE "Service" ADD COLUMN\s+"note" TEXT/);
    expect(await diffSchemas(provider, undefined, now)).toMatch(/CREATE TABLE "Service"/);
  },
);
