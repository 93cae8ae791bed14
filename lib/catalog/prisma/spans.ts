import type { Connection } from '@/lib/catalog/prisma/client';
import { type UnixMs, unixMs } from '@/lib/units';

/** When a service, or one of its builds, was seen. */
export interface Span {
  readonly service: string;
  readonly build: string | undefined;
  readonly commit: string | undefined;
  readonly goVersion: string | undefined;
  readonly first: UnixMs;
  readonly last: UnixMs;
}

export type Spans = Map<string, Span>;

/** Widens what is known of the same service and build; of two Go versions or commits the newer one told is kept. */
export function addSpan(spans: Spans, span: Span, age: 'newer' | 'older' = 'newer'): void {
  const key = keyOf(span);
  const known = spans.get(key);
  if (known === undefined) spans.set(key, span);
  else spans.set(key, age === 'newer' ? widen(known, span) : widen(span, known));
}

/** By code unit, the same on every database. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The length in front keeps a build apart from a service whose name holds the separator. */
export function keyOf({ service, build }: Pick<Span, 'service' | 'build'>): string {
  return `${service.length}\0${service}${build === undefined ? '' : `\0${build}`}`;
}

function widen(known: Span, span: Span): Span {
  return {
    service: span.service,
    build: span.build,
    commit: span.commit ?? known.commit,
    goVersion: span.goVersion ?? known.goVersion,
    first: unixMs(Math.min(known.first, span.first)),
    last: unixMs(Math.max(known.last, span.last)),
  };
}

export async function writeSpan(db: Connection, span: Span): Promise<void> {
  const { service, build } = span;
  const row =
    build === undefined
      ? await db().service.findUnique({ where: { name: service } })
      : await db().build.findUnique({ where: { service_build: { service, build } } });
  const values = {
    firstSeen: new Date(Math.min(span.first, row?.firstSeen?.getTime() ?? span.first)),
    lastSeen: new Date(Math.max(span.last, row?.lastSeen?.getTime() ?? span.last)),
    goVersion: span.goVersion ?? row?.goVersion ?? null,
  };
  if (build === undefined) {
    await db().service.upsert({ where: { name: service }, create: { name: service, ...values }, update: values });
    return;
  }
  const told = span.commit === undefined ? values : { ...values, commit: span.commit };
  await db().build.upsert({
    where: { service_build: { service, build } },
    create: { service, build, ...told },
    update: told,
  });
}
