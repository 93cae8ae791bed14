import type { LockEntry } from '@/lib/contention/lock';
import { stepFor } from '@/lib/selection/range';
import { type UnixMs, unixMs } from '@/lib/units';
import { inTurn } from './in-turn';
import type { LocksOptions } from './locks';
import { queryLocks } from './locks';
import type { LocksResult, Overview, ServiceSummary, Stalls } from './result';
import type { SampleReads, Scope } from './scope';
import { findStalls } from './stalls';
import { buildsOf, heatMapOf, queryPods, queryTimeline } from './timeline';
import { peakOf } from './waiting-line';

/** Cells across the heat strip. */
const bucketsAcross = 120;
/** Average goroutines waiting from which a lock is trouble even when it does not stall. */
const steadyTrouble = 1;

/** Services read at the same time: one for each read thread of the store, see `inTurn`. */
const servicesAtOnce = 2;

/** Gives a kept row of a service, or makes it; `key` tells everything asked for but the data. */
export type KeepRow = (service: string, key: string, make: () => Promise<OverviewRow>) => Promise<OverviewRow>;

/**
 * What every service waits for in the range; services in trouble first, by busiest bucket, then by name.
 * `optionsOf` gives each service's configured sampling. Ranges that cover the same buckets have the same `key`, so a
 * kept row may begin up to one bucket earlier or later than the range.
 */
export async function queryOverview(
  store: SampleReads,
  services: readonly string[],
  scope: Scope,
  optionsOf: (service: string) => LocksOptions,
  keep: KeepRow = (_service, _key, make) => make(),
): Promise<Overview> {
  const stepMs = stepFor(scope.range, bucketsAcross);
  const key = keyOf(scope, stepMs);
  const rows: OverviewRow[] = [];
  const queue = services.values();
  const readSome = async () => {
    const reads = inTurn(store);
    for (const service of queue) {
      rows.push(await keep(service, key, () => summarise(reads, service, scope, stepMs, optionsOf(service))));
    }
  };
  await Promise.all(Array.from({ length: servicesAtOnce }, readSome));
  const first = rows.find((row) => row.strip.length > 0);
  const newest = rows.reduce((latest, row) => Math.max(latest, row.newest ?? 0), 0);
  return {
    from: first?.from ?? scope.range.from,
    stepMs: first?.stepMs ?? stepMs,
    buckets: first?.strip.length ?? 0,
    services: rows.sort(inTroubleFirst),
    pods: rows.reduce((sum, row) => sum + row.pods, 0),
    reporting: rows.reduce((sum, row) => sum + row.reporting, 0),
    windows: rows.reduce((sum, row) => sum + row.windows, 0),
    newest: newest === 0 ? undefined : unixMs(newest),
  };
}

/** One service's part of an overview. */
export type OverviewRow = ServiceSummary & { readonly from: UnixMs; readonly stepMs: number; readonly windows: number };

function keyOf({ range, matchers }: Scope, stepMs: number): string {
  return JSON.stringify([stepMs, Math.floor(range.from / stepMs), Math.ceil(range.to / stepMs), matchers]);
}

async function summarise(
  store: SampleReads,
  service: string,
  scope: Scope,
  stepMs: number,
  options: LocksOptions,
): Promise<OverviewRow> {
  const result = await queryLocks(store, service, scope, options);
  const { coverage, locks } = result;
  const worst = busiest(locks);
  const [timeline, pods] = await Promise.all([
    queryTimeline(store, service, scope, locks, { stepMs, top: 0, unit: 'pod', pods: coverage.pods.length }),
    worst === undefined ? undefined : queryPods(store, service, scope, worst, stepMs),
  ]);
  const heat = pods === undefined ? undefined : heatMapOf(pods);
  const stalls = heat === undefined ? undefined : findStalls(heat);
  return {
    service,
    pods: coverage.pods.length,
    reporting: coverage.reporting,
    newest: coverage.newest ?? coverage.lastSeen,
    builds: pods === undefined ? [] : buildsOf(pods).map(({ build, first }) => ({ build, first })),
    worst,
    worstStalls: stalls,
    strip: timeline.total.max,
    avg: sumOfAverages(locks),
    max: worst?.lock.waiting.max ?? peakOf(timeline.total.max),
    state: stateOf(result, worst, stalls),
    from: timeline.from,
    stepMs: timeline.stepMs,
    windows: coverage.windows,
  };
}

/** The lock with the largest native bucket: averages hide a stall. */
function busiest(locks: readonly LockEntry[]): LockEntry | undefined {
  return [...locks].sort((a, b) => (b.lock.waiting.max ?? 0) - (a.lock.waiting.max ?? 0))[0];
}

function sumOfAverages(locks: readonly LockEntry[]): number | null {
  const known = locks.flatMap(({ lock }) => (lock.waiting.avg === null ? [] : [lock.waiting.avg]));
  return known.length === 0 ? null : known.reduce((sum, avg) => sum + avg, 0);
}

function stateOf(
  result: LocksResult,
  worst: LockEntry | undefined,
  stalls: Stalls | undefined,
): ServiceSummary['state'] {
  const { coverage } = result;
  if (coverage.pods.length === 0) return 'silent';
  if (coverage.block.windows === 0 && coverage.mutex.windows === 0) return 'off';
  if (worst === undefined) return 'quiet';
  const steady = (worst.lock.waiting.avg ?? 0) >= steadyTrouble;
  return steady || (stalls?.count ?? 0) > 0 ? 'trouble' : 'quiet';
}

function inTroubleFirst(a: ServiceSummary, b: ServiceSummary): number {
  const trouble = (row: ServiceSummary): number => (row.state === 'trouble' ? (row.max ?? 0) : -1);
  return trouble(b) - trouble(a) || a.service.localeCompare(b.service);
}
