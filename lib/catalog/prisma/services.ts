import type { BuildRecord } from '@/lib/catalog/builds';
import type { Catalog, Seen } from '@/lib/catalog/port';
import { compareBuilds, toBuild, withSpan } from '@/lib/catalog/prisma/build-rows';
import type { Connection } from '@/lib/catalog/prisma/client';
import { addSpan, compareText, keyOf, type Span, type Spans, writeSpan } from '@/lib/catalog/prisma/spans';
import { unixMs } from '@/lib/units';

type ServiceCalls = Pick<Catalog, 'noteSeen' | 'flush' | 'listServices' | 'listBuilds'> & {
  /** Builds of every service, in the order of `listBuilds`. */
  listAllBuilds(): Promise<readonly BuildRecord[]>;
};

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

  const note = ({ service, goVersion, commit, at }: Seen, build: string | undefined) =>
    addSpan(pending, { service, build, commit, goVersion, first: at, last: at });
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
      for (const span of leaving.values()) addSpan(pending, span);
      throw error;
    } finally {
      leaving = new Map();
    }
  };
  const flush = () => {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };
  /** What is not written yet: a full disk must not hide who sends. */
  const unwritten = (isWanted: (span: Span) => boolean): Spans => {
    const spans: Spans = new Map();
    for (const span of [...leaving.values(), ...pending.values()]) if (isWanted(span)) addSpan(spans, span);
    return spans;
  };
  const buildsOf = async (service: string | undefined) => {
    const builds: Map<string, BuildRecord> = new Map();
    for (const row of await db().build.findMany({ where: { service } })) builds.set(keyOf(row), toBuild(row));
    for (const [key, span] of unwritten((one) => service === undefined || one.service === service)) {
      if (span.build !== undefined) builds.set(key, withSpan(builds.get(key), span, span.build));
    }
    return [...builds.values()].sort(compareBuilds);
  };

  return {
    noteSeen(seen) {
      note(seen, undefined);
      if (seen.build !== undefined) note(seen, seen.build);
      schedule();
    },
    flush,
    async listServices() {
      const rows = await db().service.findMany();
      const spans = unwritten((span) => span.build === undefined);
      for (const { name, firstSeen, lastSeen, goVersion } of rows) {
        const first = unixMs(firstSeen.getTime());
        const last = unixMs(lastSeen.getTime());
        const base = { service: name, build: undefined, commit: undefined };
        addSpan(spans, { ...base, goVersion: goVersion ?? undefined, first, last }, 'older');
      }
      return [...spans.values()]
        .map(({ service, first, last, goVersion }) => ({ service, firstSeen: first, lastSeen: last, goVersion }))
        .sort((a, b) => compareText(a.service, b.service));
    },
    listBuilds: (service) => buildsOf(service),
    listAllBuilds: () => buildsOf(undefined),
    async stop() {
      clearTimeout(timer);
      await flush();
    },
  };
}
