import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Prisma, Target } from '@/lib/catalog/generated/sqlite/client';
import type { Catalog, NewTarget, ScrapeOutcome, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import type { Connection } from '@/lib/catalog/prisma/client';
import { LockscopeError } from '@/lib/errors';
import { checkHost } from '@/lib/scrape-address';
import { unixMs } from '@/lib/units';

type TargetCalls = Pick<
  Catalog,
  | 'listTargets'
  | 'getTarget'
  | 'putTarget'
  | 'setTargetEnabled'
  | 'removeTarget'
  | 'syncConfigTargets'
  | 'noteScrape'
  | 'addTargetEvents'
  | 'listTargetEvents'
>;

const keptEvents = 100;
const labelsSchema = z.record(z.string(), z.string());
const profilesSchema = z.array(z.string());
// JSON has no undefined: what is not known is absent.
const factsSchema = z.array(
  z.object({
    profile: z.string(),
    ok: z.boolean(),
    windowMs: z
      .number()
      .optional()
      .transform((value) => value),
    samples: z
      .number()
      .optional()
      .transform((value) => value),
    detail: z.string(),
  }),
);

export function targetCalls(db: Connection): TargetCalls {
  const get = async (id: string) => {
    const row = await db().target.findUnique({ where: { id } });
    return row === null ? undefined : toRecord(row);
  };
  return {
    async listTargets() {
      return (await db().target.findMany({ orderBy: [{ service: 'asc' }, { url: 'asc' }] })).map(toRecord);
    },
    getTarget: get,
    async putTarget(target) {
      checkHost(new URL(target.url));
      const known = await get(targetId(target));
      if (known?.source === 'config' && target.source === 'ui') throw ownedByFile(known);
      return toRecord(await db().target.upsert(upsertOf(target)));
    },
    async setTargetEnabled(id, enabled) {
      await db().target.updateMany({ where: { id }, data: { enabled } });
    },
    async removeTarget(id) {
      const known = await get(id);
      if (known?.source === 'config') throw ownedByFile(known);
      return (await db().target.deleteMany({ where: { id } })).count > 0;
    },
    async syncConfigTargets(targets) {
      const wanted = targets.map((target) => upsertOf({ ...target, source: 'config' }));
      const keep = wanted.map(({ create }) => create.id);
      await db().$transaction([
        db().target.deleteMany({ where: { source: 'config', id: { notIn: keep } } }),
        ...wanted.map((one) => db().target.upsert(one)),
      ]);
    },
    async noteScrape(id, outcome) {
      await db().$transaction(async (transaction) => {
        const { count } = await transaction.target.updateMany({ where: { id }, data: outcomeOf(outcome) });
        if (count > 0) await addEvents(transaction, id, outcome.events); // 0: removed while it was scraped
      });
    },
    async addTargetEvents(id, events) {
      await db().$transaction(async (transaction) => {
        const target = await transaction.target.findUnique({ where: { id } });
        if (target !== null) await addEvents(transaction, id, events);
      });
    },
    async listTargetEvents(id, limit) {
      const rows = await db().targetEvent.findMany({
        where: { targetId: id },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(({ at, kind, detail }) => ({ at: unixMs(at.getTime()), kind, detail }));
    },
  };
}

async function addEvents(
  db: Prisma.TransactionClient,
  targetId: string,
  events: readonly TargetEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await db.targetEvent.createMany({
    data: events.map(({ at, kind, detail }) => ({ targetId, at: new Date(at), kind, detail })),
  });
  const oldest = await db.targetEvent.findFirst({
    where: { targetId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip: keptEvents,
  });
  if (oldest !== null) await db.targetEvent.deleteMany({ where: { targetId, at: { lte: oldest.at } } });
}

function targetId({ service, url }: Pick<NewTarget, 'service' | 'url'>): string {
  return createHash('sha256').update(`${service}\0${url}`).digest('hex').slice(0, 16);
}

function ownedByFile(target: TargetRecord): LockscopeError {
  return new LockscopeError('catalog.target', `${target.url} of ${target.service} comes from the configuration file`, {
    place: target.url,
  });
}

function upsertOf(target: NewTarget) {
  const { service, url, everyMs, source } = target;
  const values = {
    everyMs,
    source,
    build: target.build ?? null,
    labels: { ...target.labels },
    profiles: [...target.profiles],
  };
  return {
    where: { id: targetId(target) },
    create: { id: targetId(target), service, url, ...values, createdAt: new Date(), facts: [] },
    update: values,
  } satisfies Prisma.TargetUpsertArgs;
}

function outcomeOf({ at, error, facts, events }: ScrapeOutcome) {
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return {
    lastAt: new Date(at),
    lastError: error ?? null,
    facts: facts.map((fact) => JSON.parse(JSON.stringify(fact))),
    restarts: { increment: count('restart') },
    missed: { increment: count('missed') },
  } satisfies Prisma.TargetUpdateManyMutationInput;
}

function toRecord(row: Target): TargetRecord {
  return {
    id: row.id,
    service: row.service,
    url: row.url,
    everyMs: row.everyMs,
    build: row.build ?? undefined,
    labels: labelsSchema.parse(row.labels),
    profiles: profilesSchema.parse(row.profiles),
    source: row.source,
    enabled: row.enabled,
    createdAt: unixMs(row.createdAt.getTime()),
    lastScrape:
      row.lastAt === null ? undefined : { at: unixMs(row.lastAt.getTime()), error: row.lastError ?? undefined },
    restarts: row.restarts,
    missed: row.missed,
    facts: factsSchema.parse(row.facts).map((fact) => ({ ...fact, windowMs: fact.windowMs, samples: fact.samples })),
  };
}
