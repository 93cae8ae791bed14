import { analyseLocks, type LockAnalysis } from '@/lib/contention/analyse';
import type { LocksInput, ProfileSide, SiteRow } from '@/lib/contention/input';
import { errorCode, errorMessage } from '@/lib/errors';
import { type Labels, labelValue, type TypeMatcher } from '@/lib/selection/selection';
import type { Cover, Note, SiteTotals, Totals } from '@/lib/store/port';
import { coverageOf, listSeries, type SamplingDefaults } from './coverage';
import type { Coverage } from './result';
import { blockDelay, mutexDelay, type SampleReads, type Scope, selectionOf } from './scope';

export interface AnalysisOptions {
  readonly defaults: SamplingDefaults;
  /** Functions whose waits are idle by configuration. */
  readonly idleFunctions: readonly string[];
  /** Sites and locks read per profile; what lies beyond is in `leftOut`, with its delay. */
  readonly rowLimit: number;
  /** False when the windows have a nominal length only: rows have no maximum and the side no wall time, so no rate is made. */
  readonly hasLength: boolean;
}

/**
 * The locks of a service in a view, from the store's rows, with who reports. Notes are the store's, then those of the
 * analysis. Throws what the store throws.
 */
export async function analyseView(
  store: SampleReads,
  service: string,
  scope: Scope,
  { defaults, idleFunctions, rowLimit, hasLength }: AnalysisOptions,
): Promise<LockAnalysis & { readonly coverage: Coverage }> {
  const [series, block, mutex] = await Promise.all([
    listSeries(store, service, scope),
    readSide(store, service, scope, blockDelay, rowLimit),
    readSide(store, service, scope, mutexDelay, rowLimit),
  ]);
  const coverage = coverageOf(series, block, mutex, defaults, scope.range.to);
  const pods = coverage.pods.length;
  const analysis = analyseLocks({
    block: sideOf(block, pods, hasLength),
    mutex: sideOf(mutex, pods, hasLength),
    sampling: samplingFacts(coverage),
    idleFunctions,
  });
  return { ...analysis, notes: [...block.notes, ...mutex.notes, ...analysis.notes], coverage };
}

/** One profile's rows as the store has them. A mix of mutex meanings (Go 1.22) makes them unusable, and says so. */
async function readSide(
  store: SampleReads,
  service: string,
  scope: Scope,
  type: TypeMatcher,
  rowLimit: number,
): Promise<StoredSide> {
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
function sideOf(stored: StoredSide, pods: number, hasLength: boolean): ProfileSide | undefined {
  if (stored.cover.windows === 0) return undefined;
  const ofPods = (row: SiteTotals): SiteRow => ({
    ...row,
    series: row.pods,
    max: hasLength ? { ...row.max, pod: podOf(row.max.labels) } : undefined,
  });
  return {
    sites: stored.sites.map(ofPods),
    locks: stored.locks.map(ofPods),
    wallMs: hasLength ? stored.cover.wallMs : undefined,
    series: pods,
    other: stored.other.members === 0 ? undefined : stored.other,
  };
}

function podOf(labels: Labels): string | undefined {
  return labelValue(labels, 'pod') || undefined;
}

function samplingFacts(coverage: Coverage): LocksInput['sampling'] {
  const { blockRateNs, mutexFraction, goVersions, goInferred } = coverage.sampling;
  return { blockRateNs, mutexFraction, goVersions, goInferred };
}
