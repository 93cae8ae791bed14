import { analyseLocks } from '@/lib/contention/analyse';
import type { LocksInput, ProfileSide } from '@/lib/contention/input';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import type { TypeMatcher } from '@/lib/selection/selection';
import type { Cover, Note, SampleStore, SiteTotals, Totals } from '@/lib/store/port';
import { coverageOf, listSeries, type SamplingDefaults } from './coverage';
import type { Coverage, LocksResult, TopDocument } from './result';
import { blockDelay, mutexDelay, type Scope, selectionOf } from './scope';

/** Sites and locks read per profile; what lies beyond is in `left_out`, with its delay. */
const rowLimit = 2_000;

export interface LocksOptions {
  readonly defaults: SamplingDefaults;
  /** Functions whose waits are idle by configuration. */
  readonly idleFunctions: readonly string[];
  /** List the idle waits in the document, not only their count. */
  readonly listIdle: boolean;
}

/**
 * Locks, other waits, idle waits and runtime locks of a service in a view, each by average waiting, falling.
 * `document` is `lockscope/top/v1`. Throws what the store throws.
 */
export async function queryLocks(
  store: SampleStore,
  service: string,
  scope: Scope,
  options: LocksOptions,
): Promise<LocksResult> {
  const [series, block, mutex] = await Promise.all([
    listSeries(store, service, scope),
    readSide(store, service, scope, blockDelay),
    readSide(store, service, scope, mutexDelay),
  ]);
  const coverage = coverageOf(series, block, mutex, options.defaults);
  const pods = coverage.pods.length;
  const analysis = analyseLocks({
    block: sideOf(block, pods),
    mutex: sideOf(mutex, pods),
    sampling: samplingFacts(coverage),
    idleFunctions: options.idleFunctions,
  });
  const notes = [...block.notes, ...mutex.notes, ...analysis.notes];
  const document: TopDocument = {
    schema: 'lockscope/top/v1',
    window: {
      start: new Date(scope.range.from).toISOString(),
      end: new Date(scope.range.to).toISOString(),
      seconds: (scope.range.to - scope.range.from) / 1_000,
    },
    inputs: inputsOf(coverage),
    locks: analysis.locks.map((entry) => entry.lock),
    waits: analysis.waits.map((entry) => entry.lock),
    idle: {
      sites: analysis.idle.reduce((sum, entry) => sum + entry.waitSites.length, 0),
      delaySeconds: analysis.idle.reduce((sum, entry) => sum + (entry.lock.delaySeconds ?? 0), 0),
      ...(options.listIdle && { list: analysis.idle.map((entry) => entry.lock) }),
    },
    notes,
    left_out: analysis.leftOut,
  };
  return {
    document,
    locks: analysis.locks,
    waits: analysis.waits,
    idle: analysis.idle,
    runtime: analysis.runtime,
    coverage,
  };
}

/** One profile's rows as the store has them. A mix of mutex meanings (Go 1.22) makes them unusable, and says so. */
async function readSide(store: SampleStore, service: string, scope: Scope, type: TypeMatcher): Promise<StoredSide> {
  const selection = selectionOf(service, scope, type);
  try {
    const [sites, locks] = await Promise.all([
      store.hotspots(selection, { level: 'site', by: 'value', limit: rowLimit }),
      store.hotspots(selection, { level: 'lock', by: 'value', limit: rowLimit }),
    ]);
    return { sites: sites.sites, locks: locks.sites, other: sites.other, cover: sites.cover, notes: sites.cover.notes };
  } catch (error) {
    if (errorCode(error) !== 'store.mixed-go') throw error;
    const message = `${type.name ?? ''} profiles are left out: ${errorMessage(error)}. Filter by build or pod to see either.`;
    const cover = { windows: 0, wallMs: 0, series: 0, notes: [] };
    const other = { count: 0, value: 0, members: 0 };
    return { sites: [], locks: [], other, cover, notes: [{ code: 'mixed-semantics', message }] };
  }
}

interface StoredSide {
  readonly sites: readonly SiteTotals[];
  readonly locks: readonly SiteTotals[];
  readonly other: Totals;
  readonly cover: Cover;
  readonly notes: readonly Note[];
}

/** The analysis counts pods; the store's rows count series, of which a pod has one a build. */
function sideOf(stored: StoredSide, pods: number): ProfileSide | undefined {
  if (stored.cover.windows === 0) return undefined;
  const countPods = (row: SiteTotals) => ({ ...row, series: row.pods });
  return {
    sites: stored.sites.map(countPods),
    locks: stored.locks.map(countPods),
    wallMs: stored.cover.wallMs,
    series: pods,
    other: stored.other.members === 0 ? undefined : stored.other,
  };
}

function samplingFacts(coverage: Coverage): LocksInput['sampling'] {
  const { blockRateNs, mutexFraction, goVersions, goInferred } = coverage.sampling;
  return { blockRateNs, mutexFraction, goVersions, goInferred };
}

function inputsOf(coverage: Coverage): TopDocument['inputs'] {
  const goVersion = coverage.sampling.goVersion ?? null;
  return [
    { file: 'block', type: 'block:delay:nanoseconds', samples: coverage.block.windows, goVersion },
    { file: 'mutex', type: 'mutex:delay:nanoseconds', samples: coverage.mutex.windows, goVersion },
  ].filter((input) => input.samples > 0);
}

/** The entry with this public id among locks, waits, idle waits and runtime locks. Throws `query.no-lock`. */
export function findLock(result: LocksResult, lockId: string): LocksResult['locks'][number] {
  const entry = [...result.locks, ...result.waits, ...result.idle, ...result.runtime].find(
    ({ lock }) => lock.id === lockId,
  );
  if (entry === undefined)
    throw new LockscopeError('query.no-lock', `no lock ${lockId} in this range`, { place: 'path lock' });
  return entry;
}
