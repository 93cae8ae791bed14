import { z } from 'zod';
import type { Percentiles } from '@/lib/locktrace/lock-trace';
import { type LaneState, laneStates, type TraceLockRow, type TraceSummary, type TraceTile } from '../trace/result';
import { captureSchema } from './captures';
import { leftOutSchema, maybeNumber, notesSchema, percentilesSchema, siteSchema } from './common';

const doingSchema = z.object({
  running: z.number(),
  runnable: z.number(),
  syscall: z.number(),
  network: z.number(),
  lock: z.number(),
  sleep: z.number(),
  gc: z.number(),
  other: z.number(),
});

const tracePercentilesSchema = percentilesSchema.extend({ longestCensoredSeconds: maybeNumber });

const traceLockSchema = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  isLock: z.boolean(),
  waits: z.number().int(),
  blockedSeconds: z.number(),
  wakeupSeconds: z.number(),
  totalSeconds: z.number(),
  percentiles: tracePercentilesSchema,
  queue: z.object({ avg: z.number(), max: z.number().int(), maxAtSeconds: maybeNumber }),
  waiters: z.array(
    z.object({
      site: siteSchema,
      waits: z.number().int(),
      totalSeconds: z.number(),
      percentiles: tracePercentilesSchema,
    }),
  ),
  holders: z.array(
    z.object({
      site: siteSchema,
      role: z.enum(['holder', 'releaser']),
      goroutine: z.number().int().nullable(),
      releases: z.number().int(),
      waitReleasedSeconds: z.number(),
      holdP50Seconds: maybeNumber,
      holdMaxSeconds: maybeNumber,
      holds: z.object({ exact: z.number().int(), bounded: z.number().int(), unknown: z.number().int() }),
      doing: doingSchema,
    }),
  ),
});

/**
 * `lockscope trace --json`, and `GET /api/v1/traces/{id}`, which adds `capture`. Percentiles are of total wait over the
 * waits that blocked; `doing` is seconds; `states` are mean numbers of goroutines per bucket.
 */
export const traceSchema = z.object({
  schema: z.literal('lockscope/trace/v1'),
  capture: captureSchema.optional(),
  goVersion: z.string(),
  durationSeconds: z.number(),
  events: z.number().int(),
  goroutines: z.number().int(),
  generations: z.number().int(),
  locks: z.array(traceLockSchema),
  convoys: z.array(
    z.object({
      lockId: z.string(),
      atSeconds: z.number(),
      durationSeconds: z.number(),
      kind: z.enum(['slow reader', 'long writer', 'long holder']),
      culprit: siteSchema,
      goroutine: z.number().int(),
      victims: z.number().int(),
      waitSeconds: z.number(),
      doing: doingSchema,
    }),
  ),
  /** What the request asked for with `task`, `region` or `goroutine` waited for at each moment, along the wake-ups. */
  criticalPath: z
    .array(
      z.object({
        goroutine: z.number().int(),
        name: z.string(),
        state: z.enum(laneStates),
        function: z.string(),
        fromSeconds: z.number(),
        toSeconds: z.number(),
        depth: z.number().int(),
      }),
    )
    .optional(),
  states: z.object({
    fromSeconds: z.number(),
    bucketSeconds: z.number(),
    series: z.record(z.enum(laneStates), z.array(z.number())),
  }),
  gc: z.object({
    cycles: z.number().int(),
    markSeconds: z.number(),
    stwSeconds: z.number(),
    longestStwSeconds: z.number(),
    waitShare: maybeNumber,
    lift: maybeNumber,
    stwWaitShare: maybeNumber,
    stwLift: maybeNumber,
    assistInHoldsSeconds: z.number(),
  }),
  notes: notesSchema,
  lost: z.array(z.object({ code: z.string(), message: z.string(), bytes: z.number().int() })),
  left_out: leftOutSchema,
});

export type TraceDocument = z.infer<typeof traceSchema>;

/** The document of a trace; the pixels of `whole`, a tile over its window, become the buckets of `states`. */
export function traceDocument(
  summary: TraceSummary,
  whole: Pick<TraceTile, 'fromNs' | 'toNs' | 'pixels' | 'states'>,
): TraceDocument {
  const { goVersion, durationNs, events, goroutines, generations, gc, notes, lost } = summary;
  return {
    schema: 'lockscope/trace/v1',
    ...{ goVersion, durationSeconds: durationNs / 1e9, events, goroutines, generations },
    locks: summary.locks.map(lockOf),
    convoys: summary.convoys.map(({ atNs, durationNs: length, waitNs, doing, culprit, ...convoy }) => ({
      ...convoy,
      culprit: { ...culprit },
      atSeconds: atNs / 1e9,
      durationSeconds: length / 1e9,
      waitSeconds: waitNs / 1e9,
      doing: inSeconds(doing),
    })),
    states: {
      fromSeconds: whole.fromNs / 1e9,
      bucketSeconds: (whole.toNs - whole.fromNs) / 1e9 / whole.pixels,
      series: seriesOf(whole),
    },
    gc: {
      ...{ cycles: gc.cycles, markSeconds: gc.markNs / 1e9, stwSeconds: gc.stwNs / 1e9 },
      ...{ longestStwSeconds: gc.longestStwNs / 1e9, waitShare: gc.waitShare, lift: gc.lift },
      ...{ stwWaitShare: gc.stwWaitShare, stwLift: gc.stwLift, assistInHoldsSeconds: gc.assistInHoldsNs / 1e9 },
    },
    notes: [...notes],
    lost: [...lost],
    left_out: {},
  };
}

function lockOf(lock: TraceLockRow): TraceDocument['locks'][number] {
  const { id, name, family, isLock, waits, queueAvg, queueMax, queueMaxAtNs } = lock;
  return {
    ...{ id, name, family, isLock, waits },
    blockedSeconds: lock.blockedNs / 1e9,
    wakeupSeconds: lock.wakeupNs / 1e9,
    totalSeconds: lock.totalNs / 1e9,
    percentiles: percentilesOf(lock.percentiles),
    queue: { avg: queueAvg, max: queueMax, maxAtSeconds: seconds(queueMaxAtNs) },
    waiters: lock.waiters.map(({ site, waits: times, totalNs, percentiles }) => ({
      ...{ site: { ...site }, waits: times, totalSeconds: totalNs / 1e9 },
      percentiles: percentilesOf(percentiles),
    })),
    holders: lock.holders.map(({ site, role, goroutine, releases, holds, ...holder }) => ({
      ...{ site: { ...site }, role, goroutine, releases, holds: { ...holds } },
      waitReleasedSeconds: holder.waitReleasedNs / 1e9,
      holdP50Seconds: seconds(holder.holdP50Ns),
      holdMaxSeconds: seconds(holder.holdMaxNs),
      doing: inSeconds(holder.doing),
    })),
  };
}

function percentilesOf({ p50Ns, p90Ns, p99Ns, maxNs, n, censored, longestCensoredNs }: Percentiles) {
  return {
    ...{ p50Seconds: seconds(p50Ns), p90Seconds: seconds(p90Ns), p99Seconds: seconds(p99Ns) },
    ...{ maxSeconds: seconds(maxNs), n, censored, longestCensoredSeconds: seconds(longestCensoredNs) },
  };
}

function seriesOf({ states }: Pick<TraceTile, 'states'>): Record<LaneState, number[]> {
  const mean = (state: LaneState) => [...(states.find((one) => one.state === state)?.mean ?? [])];
  return Object.fromEntries(laneStates.map((state) => [state, mean(state)])) as Record<LaneState, number[]>; // every state is a key
}

function inSeconds(doing: z.infer<typeof doingSchema>): z.infer<typeof doingSchema> {
  const { running, runnable, syscall, network, lock, sleep, gc, other } = doing;
  return {
    ...{ running: running / 1e9, runnable: runnable / 1e9, syscall: syscall / 1e9, network: network / 1e9 },
    ...{ lock: lock / 1e9, sleep: sleep / 1e9, gc: gc / 1e9, other: other / 1e9 },
  };
}

const seconds = (ns: number | null): number | null => (ns === null ? null : ns / 1e9);
