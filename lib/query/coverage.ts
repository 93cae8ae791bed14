import { labelValue } from '@/lib/selection/selection';
import type { Cover, SeriesInfo } from '@/lib/store/port';
import { type UnixMs, unixMs } from '@/lib/units';
import type { Coverage, Sampling } from './result';
import { blockDelay, mutexDelay, type SampleReads, type Scope, selectionOf } from './scope';

/** More series than this in one service are counted, not listed; the page says so through `pods.length`. */
const seriesLimit = 20_000;

/** What configuration says about a service's sampling, used where its labels say nothing. */
export type SamplingDefaults = Partial<Pick<Sampling, 'blockRateNs' | 'mutexFraction' | 'goVersion'>>;

/** Series of a service in a view; `ever` is filled when the view holds none: "not in this range" is not "never seen". */
export interface SeriesInView {
  readonly rows: readonly SeriesInfo[];
  readonly ever: readonly SeriesInfo[];
}

export async function listSeries(store: SampleReads, service: string, scope: Scope): Promise<SeriesInView> {
  const { rows } = await store.listSeries(selectionOf(service, scope, {}), { limit: seriesLimit });
  if (rows.length > 0) return { rows, ever: rows };
  const always = { from: unixMs(0), to: unixMs(8.64e15), live: false, text: { from: '', to: '' } };
  const ever = await store.listSeries(selectionOf(service, { range: always, matchers: [] }, {}), {
    limit: seriesLimit,
  });
  return { rows, ever: ever.rows };
}

/** What a profile's rows say about how it was collected. */
interface Collected {
  readonly cover: Cover;
  readonly locks: readonly { readonly max: { readonly wallMs: number } }[];
}

/** Length of a window where no block or mutex profile tells one: how often Alloy scrapes. */
const usualWindowMs = 15_000;

/**
 * Who reports in the view that ends at `until`, how much and how fresh. `block` and `mutex` count windows of those profiles, so that
 * "no data", "profiling is off" and "nothing waits" can be told apart.
 */
export function coverageOf(
  series: SeriesInView,
  block: Collected,
  mutex: Collected,
  defaults: SamplingDefaults,
  until: UnixMs,
): Coverage {
  const widest =
    block.locks[0]?.max.wallMs ?? mutex.locks[0]?.max.wallMs ?? bucketOf(block.cover) ?? bucketOf(mutex.cover);
  return {
    pods: distinct(series.rows, 'pod'),
    reporting: reportingPods(series.rows, until, widest ?? usualWindowMs),
    builds: distinct(series.rows, 'build'),
    windows: block.cover.windows + mutex.cover.windows,
    newest: newestOf(series.rows),
    bucketSeconds: widest === undefined ? undefined : widest / 1_000,
    sampling: samplingOf(series.rows, defaults),
    block: block.cover,
    mutex: mutex.cover,
    lastSeen: newestOf(series.ever),
  };
}

/** `coverageOf` for callers that have not read the locks. */
export async function queryCoverage(
  store: SampleReads,
  service: string,
  scope: Scope,
  defaults: SamplingDefaults = {},
): Promise<Coverage> {
  const [series, ...sides] = await Promise.all([
    listSeries(store, service, scope),
    ...[blockDelay, mutexDelay].map((type) =>
      store.hotspots(selectionOf(service, scope, type), { level: 'lock', by: 'value', limit: 1 }),
    ),
  ]);
  const [block, mutex] = sides.map(({ cover, sites }) => ({ cover, locks: sites }));
  const nothing = { cover: { windows: 0, wallMs: 0, series: 0, notes: [] }, locks: [] };
  return coverageOf(series, block ?? nothing, mutex ?? nothing, defaults, scope.range.to);
}

function bucketOf(cover: Coverage['block']): number | undefined {
  return cover.windows === 0 ? undefined : cover.wallMs / cover.windows;
}

/** Pods whose newest window ends within two window lengths of the last one: they take turns, and one may be late. */
function reportingPods(rows: readonly SeriesInfo[], until: UnixMs, windowMs: number): number {
  const end = Math.min(newestOf(rows) ?? until, until);
  return distinct(
    rows.filter(({ last }) => last >= end - 2 * windowMs),
    'pod',
  ).length;
}

function distinct(rows: readonly SeriesInfo[], label: string): string[] {
  return [...new Set(rows.map((row) => labelValue(row.labels, label)).filter((value) => value !== ''))].sort();
}

function newestOf(rows: readonly SeriesInfo[]): UnixMs | undefined {
  return rows.length === 0 ? undefined : unixMs(rows.reduce((newest, row) => Math.max(newest, row.last), 0));
}

/** Rates travel as the labels `block_rate` (ns), `mutex_fraction` (1 in n) and `go`; one that differs between pods is unknown. */
function samplingOf(rows: readonly SeriesInfo[], defaults: SamplingDefaults): Sampling {
  const told = distinct(rows, 'go');
  const known = told.length > 0 || defaults.goVersion === undefined ? told : [defaults.goVersion];
  return {
    blockRateNs: oneNumber(distinct(rows, 'block_rate')) ?? defaults.blockRateNs,
    mutexFraction: oneNumber(distinct(rows, 'mutex_fraction')) ?? defaults.mutexFraction,
    goVersion: known.length === 1 ? known[0] : undefined,
    goVersions: known,
    goInferred: false,
  };
}

function oneNumber(values: readonly string[]): number | undefined {
  const [only] = values;
  return values.length === 1 && only !== undefined && /^\d+$/.test(only) ? Number(only) : undefined;
}
