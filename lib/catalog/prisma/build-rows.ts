import { z } from 'zod';
import type { Baseline, BuildRecord } from '@/lib/catalog/builds';
import type { Build } from '@/lib/catalog/generated/sqlite/client';
import { compareText, type Span } from '@/lib/catalog/prisma/spans';
import { type UnixMs, unixMs } from '@/lib/units';

const instant = z.number().transform(unixMs);
const baselineSchema: z.ZodType<Baseline> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('previous') }),
  z.object({ kind: z.literal('pinned'), build: z.string() }),
  z.object({ kind: z.literal('branch'), branch: z.string() }),
  z.object({ kind: z.literal('yesterday') }),
  z.object({ kind: z.literal('window'), from: instant, to: instant }),
]);

export function toBaseline(value: unknown): Baseline {
  return baselineSchema.parse(value);
}

export function toBuild(row: Build): BuildRecord {
  return {
    service: row.service,
    build: row.build,
    commit: row.commit ?? undefined,
    branch: row.branch ?? undefined,
    time: instantOf(row.time),
    goVersion: row.goVersion ?? undefined,
    firstSeen: instantOf(row.firstSeen),
    lastSeen: instantOf(row.lastSeen),
  };
}

/** A build's row with what was seen of it since on top. */
export function withSpan(known: BuildRecord | undefined, span: Span, build: string): BuildRecord {
  return {
    service: span.service,
    build,
    commit: span.commit ?? known?.commit,
    branch: known?.branch,
    time: known?.time,
    goVersion: span.goVersion ?? known?.goVersion,
    firstSeen: unixMs(Math.min(span.first, known?.firstSeen ?? span.first)),
    lastSeen: unixMs(Math.max(span.last, known?.lastSeen ?? span.last)),
  };
}

export function compareBuilds(a: BuildRecord, b: BuildRecord): number {
  return (a.firstSeen ?? a.time ?? 0) - (b.firstSeen ?? b.time ?? 0) || compareText(a.build, b.build);
}

function instantOf(value: Date | null): UnixMs | undefined {
  return value === null ? undefined : unixMs(value.getTime());
}
