import type { BuildRecord, Catalog, Seen, ServiceRecord } from '@/lib/catalog/port';
import type { Connection } from '@/lib/catalog/prisma/client';
import { type UnixMs, unixMs } from '@/lib/units';

interface Span {
  readonly service: string;
  readonly build: string | undefined;
  readonly goVersion: string | undefined;
  readonly first: UnixMs;
  readonly last: UnixMs;
}

type ServiceCalls = Pick<Catalog, 'noteSeen' | 'flush' | 'listServices' | 'listBuilds'>;

/**
 * Services and builds as they were seen. Thousands of profiles a second name a handful of them, so a
 * sighting costs one map entry, and rows are written every `intervalMs` for what changed.
 */
export function serviceCalls(db: Connection, intervalMs: number): ServiceCalls & { stop(): Promise<void> } {
  let pending = new Map<string, Span>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const note = (seen: Seen) => {
    const key = JSON.stringify([seen.service, seen.build ?? null]);
    pending.set(key, widen(pending.get(key), { ...seen, first: seen.at, last: seen.at }));
  };
  const schedule = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      flush().catch(schedule); // what was not written is still pending
    }, intervalMs);
    timer.unref();
  };
  const flush = () => {
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        const spans = pending;
        pending = new Map();
        try {
          for (const span of spans.values()) await writeSpan(db, span);
        } catch (error) {
          for (const [key, span] of spans) pending.set(key, widen(pending.get(key), span));
          throw error;
        }
      });
    return writing;
  };

  return {
    noteSeen(seen) {
      note({ ...seen, build: undefined });
      if (seen.build !== undefined) note(seen);
      schedule();
    },
    flush,
    async listServices() {
      await flush();
      return (await db().service.findMany({ orderBy: { name: 'asc' } })).map(({ name, ...row }) =>
        toRecord({ service: name, ...row }),
      );
    },
    async listBuilds(service) {
      await flush();
      const rows = await db().build.findMany({
        where: { service },
        orderBy: [{ firstSeen: 'asc' }, { build: 'asc' }],
      });
      return rows.map((row): BuildRecord => ({ ...toRecord(row), build: row.build }));
    },
    async stop() {
      clearTimeout(timer);
      await flush();
    },
  };
}

function widen(known: Span | undefined, span: Span): Span {
  if (known === undefined) return span;
  return {
    service: span.service,
    build: span.build,
    goVersion: span.goVersion ?? known.goVersion,
    first: unixMs(Math.min(known.first, span.first)),
    last: unixMs(Math.max(known.last, span.last)),
  };
}

async function writeSpan(db: Connection, span: Span): Promise<void> {
  const { service, build } = span;
  const row =
    build === undefined
      ? await db().service.findUnique({ where: { name: service } })
      : await db().build.findUnique({ where: { service_build: { service, build } } });
  const values = {
    firstSeen: new Date(Math.min(span.first, row?.firstSeen.getTime() ?? span.first)),
    lastSeen: new Date(Math.max(span.last, row?.lastSeen.getTime() ?? span.last)),
    goVersion: span.goVersion ?? row?.goVersion ?? null,
  };
  if (build === undefined) {
    await db().service.upsert({ where: { name: service }, create: { name: service, ...values }, update: values });
  } else {
    await db().build.upsert({
      where: { service_build: { service, build } },
      create: { service, build, ...values },
      update: values,
    });
  }
}

function toRecord(row: { service: string; firstSeen: Date; lastSeen: Date; goVersion: string | null }): ServiceRecord {
  return {
    service: row.service,
    firstSeen: unixMs(row.firstSeen.getTime()),
    lastSeen: unixMs(row.lastSeen.getTime()),
    goVersion: row.goVersion ?? undefined,
  };
}
