import { z } from 'zod';
import type { BaselineRecord, BuildRecord, DeployRecord } from '@/lib/catalog/builds';
import type { ResolvedBaseline } from '../baseline';
import type { BuildsResult, BuildsRow } from '../builds';
import { instant, leftOutSchema, notesSchema } from './common';

const changeSchema = z.object({
  build: z.string(),
  previous: z.string(),
  /** Medians of goroutines waiting over the windows of single pods. */
  before: z.number(),
  after: z.number(),
  ratio: z.number().nullable(),
  p: z.number(),
  confidence: z.number(),
});

const baselineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('previous') }),
  z.object({ kind: z.literal('pinned'), build: z.string() }),
  z.object({ kind: z.literal('branch'), branch: z.string() }),
  z.object({ kind: z.literal('yesterday') }),
  z.object({ kind: z.literal('window'), from: instant, to: instant }),
]);

/** `GET /api/v1/services/{service}/builds`: goroutines waiting in one pod, by build and lock; null = no block profile. */
export const buildsSchema = z.object({
  schema: z.literal('lockscope/builds/v1'),
  service: z.string(),
  window: z.object({ start: instant, end: instant, seconds: z.number() }),
  builds: z.array(
    z.object({
      build: z.string(),
      commit: z.string().nullable(),
      branch: z.string().nullable(),
      time: instant.nullable(),
      goVersion: z.string().nullable(),
      firstSeen: instant.nullable(),
      lastSeen: instant.nullable(),
      /** Of the range; null = it sent no block profile in it. */
      inRange: z.object({ first: instant, last: instant, pods: z.array(z.string()) }).nullable(),
      locks: z.array(z.object({ lock: z.string(), avg: z.number(), max: z.number() })),
    }),
  ),
  total: z.number().int(),
  next: z.string().nullable(),
  locks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      family: z.string(),
      /** Function that is charged with most of the waiting; null = not known. */
      holder: z.string().nullable(),
      firstBad: changeSchema.nullable(),
    }),
  ),
  /** The largest of the locks' rises. */
  firstBad: changeSchema.extend({ lock: z.string() }).nullable(),
  /** Length of the windows that were compared. */
  windowSeconds: z.number(),
  baseline: z.object({
    chosen: baselineSchema,
    setAt: instant.nullable(),
    /** What it means for the newest build; null = nothing, and `reason` says why. */
    base: z
      .union([z.object({ build: z.string() }), z.object({ window: z.object({ start: instant, end: instant }) })])
      .nullable(),
    reason: z.string().nullable(),
  }),
  deploys: z.array(
    z.object({ build: z.string(), at: instant, source: z.enum(['profile', 'api']), note: z.string().nullable() }),
  ),
  notes: notesSchema,
  left_out: leftOutSchema,
});

type BuildsDocument = z.infer<typeof buildsSchema>;

/** The document of a page of builds, oldest first: those of the catalogue, with what the range holds of them. */
export function buildsDocument(
  service: string,
  range: { readonly from: number; readonly to: number },
  page: { readonly rows: readonly BuildRecord[]; readonly total: number; readonly next: string | null },
  known: {
    readonly result: BuildsResult;
    readonly deploys: readonly DeployRecord[];
    readonly baseline: BaselineRecord;
    readonly resolved: ResolvedBaseline;
  },
): BuildsDocument {
  const { result, deploys, baseline, resolved } = known;
  const { worst, tooShort } = result;
  return {
    schema: 'lockscope/builds/v1',
    service,
    window: { start: iso(range.from), end: iso(range.to), seconds: (range.to - range.from) / 1_000 },
    builds: page.rows.map((record) => buildOf(record, result)),
    total: page.total,
    next: page.next,
    locks: result.rows.map(({ entry: { lock }, firstBad }) => ({
      id: lock.id,
      name: lock.name,
      family: lock.family,
      holder: lock.link === 'Unlinked' ? null : (lock.holders[0]?.site.function ?? null),
      firstBad: firstBad ?? null,
    })),
    firstBad: worst?.firstBad === undefined ? null : { ...worst.firstBad, lock: worst.entry.lock.id },
    windowSeconds: result.windowSeconds,
    baseline: {
      chosen: baselineOf(baseline.baseline),
      setAt: maybeIso(baseline.setAt),
      base: resolved.ok ? baseOf(resolved.base) : null,
      reason: resolved.ok ? null : resolved.reason,
    },
    deploys: deploys.map(({ build, at, source, note }) => ({ build, at: iso(at), source, note: note ?? null })),
    notes: [...result.notes],
    left_out: { locks: result.otherLocks, buildsTooShort: [...tooShort] },
  };
}

function buildOf(record: BuildRecord, result: BuildsResult): BuildsDocument['builds'][number] {
  const index = result.builds.findIndex(({ build }) => build === record.build);
  const span = result.builds[index];
  const cell = ({ entry, cells }: BuildsRow) => {
    const found = cells[index];
    return found === null || found === undefined ? [] : [{ lock: entry.lock.id, ...found }];
  };
  return {
    build: record.build,
    commit: record.commit ?? null,
    branch: record.branch ?? null,
    time: maybeIso(record.time),
    goVersion: record.goVersion ?? null,
    firstSeen: maybeIso(record.firstSeen),
    lastSeen: maybeIso(record.lastSeen),
    inRange: span === undefined ? null : { first: iso(span.from), last: iso(span.to), pods: [...span.pods] },
    locks: result.rows.flatMap(cell),
  };
}

function baselineOf(baseline: BaselineRecord['baseline']): BuildsDocument['baseline']['chosen'] {
  return baseline.kind === 'window'
    ? { kind: 'window', from: iso(baseline.from), to: iso(baseline.to) }
    : { ...baseline };
}

function baseOf(base: Extract<ResolvedBaseline, { ok: true }>['base']): BuildsDocument['baseline']['base'] {
  return base.kind === 'build' ? { build: base.build } : { window: { start: iso(base.from), end: iso(base.to) } };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function maybeIso(at: number | undefined): string | null {
  return at === undefined ? null : iso(at);
}
