import type { BuildCatalog, BuildRecord, DeployRecord } from '@/lib/catalog/builds';
import type { Deploy } from '@/lib/catalog/generated/sqlite/client';
import { toBaseline } from '@/lib/catalog/prisma/build-rows';
import type { Connection } from '@/lib/catalog/prisma/client';
import { compareText, keyOf } from '@/lib/catalog/prisma/spans';
import { unixMs } from '@/lib/units';

/** Builds beside what was seen of them; `buildsOf` gives those of a service, or of all. */
export function buildCalls(
  db: Connection,
  buildsOf: (service: string | undefined) => Promise<readonly BuildRecord[]>,
): Omit<BuildCatalog, 'listBuilds'> {
  return {
    async putBuild({ service, build, commit, branch, time, goVersion }) {
      // Prisma leaves alone what is undefined.
      const facts = { commit, branch, goVersion, time: time === undefined ? undefined : new Date(time) };
      await db().build.upsert({
        where: { service_build: { service, build } },
        create: { service, build, ...facts },
        update: facts,
      });
    },
    async addDeploy({ service, build, at, note }) {
      const key = { service, build, at: new Date(at) };
      const where = { service_build_at: key };
      const known = await db().deploy.findUnique({ where });
      const values = { note: note ?? null };
      const row = await db().deploy.upsert({ where, create: { ...key, ...values }, update: values });
      return { deploy: toDeploy(row), created: known === null };
    },
    async listDeploys(service) {
      const told = (await db().deploy.findMany({ where: { service } })).map(toDeploy);
      const isTold = new Set(told.map(keyOf));
      const seen = (await buildsOf(service)).flatMap((one): DeployRecord[] =>
        one.firstSeen === undefined || isTold.has(keyOf(one))
          ? []
          : [{ service: one.service, build: one.build, at: one.firstSeen, note: undefined, source: 'profile' }],
      );
      return [...told, ...seen].sort((a, b) => a.at - b.at || compareText(a.build, b.build));
    },
    async getBaseline(service) {
      const row = await db().baseline.findUnique({ where: { service } });
      if (row === null) return { baseline: { kind: 'previous' }, setAt: undefined };
      return { baseline: toBaseline(row.value), setAt: unixMs(row.setAt.getTime()) };
    },
    async setBaseline(service, baseline, at) {
      const values = { value: { ...baseline }, setAt: new Date(at) };
      await db().baseline.upsert({ where: { service }, create: { service, ...values }, update: values });
    },
  };
}

function toDeploy({ service, build, at, note }: Deploy): DeployRecord {
  return { service, build, at: unixMs(at.getTime()), note: note ?? undefined, source: 'api' };
}
