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

type Spans = Map<string, Span>;
type ServiceCalls = Pick<Catalog, 'noteSeen' | 'flush' | 'listServices' | 'listBuilds'>;

/**
 * Services and builds as they were seen. Thousands of profiles a second name a handful of them, so a
 * sighting costs one map entry, and rows are written every `intervalMs` for what changed.
 */
export function serviceCalls(db: Connection, intervalMs: number): ServiceCalls & { stop(): Promise<void> } {
  let pending: Spans = new Map();
  /** Taken from `pending`, not written yet. */
  let leaving: Spans = new Map();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const note = ({ service, goVersion, at }: Seen, build: string | undefined) =>
    add(pending, { service, build, goVersion, first: at, last: at });
  const schedule = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      flush().catch(schedule); // what was not written is still pending
    }, intervalMs);
    timer.unref();
  };
  const write = async () => {
    leaving = pending;
    pending = new Map();
    try {
      for (const span of leaving.values()) await writeSpan(db, span);
    } catch (error) {
      for (const span of leaving.values()) add(pending, span);
      throw error;
    } finally {
      leaving = new Map();
    }
  };
  const flush = () => {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };
  /** Rows with what is not written yet on top: a full disk must not hide who sends. */
  const current = (rows: readonly Span[], isWanted: (span: Span) => boolean): readonly Span[] => {
    const spans: Spans = new Map();
    for (const span of [...rows, ...leaving.values(), ...pending.values()]) if (isWanted(span)) add(spans, span);
    return [...spans.values()];
  };

  return {
    noteSeen(seen) {
      note(seen, undefined);
      if (seen.build !== undefined) note(seen, seen.build);
      schedule();
    },
    flush,
    async listServices() {
      const rows = (await db().service.findMany()).map(({ name, ...row }) => toSpan({ service: name, ...row }));
      const spans = current(rows, (span) => span.build === undefined);
      return spans.map(toRecord).sort((a, b) => compare(a.service, b.service));
    },
    async listBuilds(service) {
      const rows = (await db().build.findMany({ where: { service } })).map(toSpan);
      return current(rows, (span) => span.service === service)
        .flatMap((span): BuildRecord[] => (span.build === undefined ? [] : [{ ...toRecord(span), build: span.build }]))
        .sort((a, b) => a.firstSeen - b.firstSeen || compare(a.build, b.build));
    },
    async stop() {
      clearTimeout(timer);
      await flush();
    },
  };
}

/** By code unit, the same on every database. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function add(spans: Spans, span: Span): void {
  const key = keyOf(span);
  spans.set(key, widen(spans.get(key), span));
}

/** The length in front keeps a build apart from a service whose name holds the separator. */
function keyOf({ service, build }: Span): string {
  return `${service.length}\0${service}${build === undefined ? '' : `\0${build}`}`;
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

interface Row {
  readonly service: string;
  readonly build?: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly goVersion: string | null;
}

function toSpan(row: Row): Span {
  return {
    service: row.service,
    build: row.build,
    goVersion: row.goVersion ?? undefined,
    first: unixMs(row.firstSeen.getTime()),
    last: unixMs(row.lastSeen.getTime()),
  };
}

function toRecord({ service, first, last, goVersion }: Span): ServiceRecord {
  return { service, firstSeen: first, lastSeen: last, goVersion };
}
