import { labelValue } from '@/lib/selection/selection';
import type { SampleStore, SeriesInfo } from '@/lib/store/port';
import { type UnixMs, unixMs } from '@/lib/units';
import type { Coverage, Sampling } from './result';
import { blockDelay, mutexDelay, type Scope, selectionOf } from './scope';

/** More series than this in one service are counted, not listed; the page says so through `pods.length`. */
const seriesLimit = 20_000;

/** What configuration says about a service's sampling, used where its labels say nothing. */
export type SamplingDefaults = Partial<Pick<Sampling, 'blockRateNs' | 'mutexFraction' | 'goVersion'>>;

/**
 * Who reports in the view, how much and how fresh. `block` and `mutex` count windows of those profiles, so that
 * "no data", "profiling is off" and "nothing waits" can be told apart.
 */
export async function queryCoverage(
  store: SampleStore,
  service: string,
  scope: Scope,
  defaults: SamplingDefaults = {},
): Promise<Coverage> {
  const [all, block, mutex] = await Promise.all([
    store.listSeries(selectionOf(service, scope, {}), { limit: seriesLimit }),
    store.hotspots(selectionOf(service, scope, blockDelay), { level: 'lock', by: 'value', limit: 1 }),
    store.hotspots(selectionOf(service, scope, mutexDelay), { level: 'lock', by: 'value', limit: 1 }),
  ]);
  const ever = all.rows.length > 0 ? all.rows : await everSeen(store, service);
  const widest =
    block.sites[0]?.max.wallMs ?? mutex.sites[0]?.max.wallMs ?? bucketOf(block.cover) ?? bucketOf(mutex.cover);
  return {
    pods: distinct(all.rows, 'pod'),
    builds: distinct(all.rows, 'build'),
    windows: block.cover.windows + mutex.cover.windows,
    newest: newestOf(all.rows),
    bucketSeconds: widest === undefined ? undefined : widest / 1_000,
    sampling: samplingOf(all.rows, defaults),
    block: block.cover,
    mutex: mutex.cover,
    lastSeen: newestOf(ever),
  };
}

/** Every series the service ever had: tells "never seen" from "not in this range". */
async function everSeen(store: SampleStore, service: string): Promise<readonly SeriesInfo[]> {
  const always = {
    range: { from: unixMs(0), to: unixMs(8.64e15), live: false, text: { from: '', to: '' } },
    matchers: [],
  };
  return (await store.listSeries(selectionOf(service, always, {}), { limit: seriesLimit })).rows;
}

function bucketOf(cover: Coverage['block']): number | undefined {
  return cover.windows === 0 ? undefined : cover.wallMs / cover.windows;
}

function distinct(rows: readonly SeriesInfo[], label: string): string[] {
  return [...new Set(rows.map((row) => labelValue(row.labels, label)).filter((value) => value !== ''))].sort();
}

function newestOf(rows: readonly SeriesInfo[]): UnixMs | undefined {
  return rows.length === 0 ? undefined : unixMs(rows.reduce((newest, row) => Math.max(newest, row.last), 0));
}

/** Rates travel as the labels `block_rate` (ns), `mutex_fraction` (1 in n) and `go`; one that differs between pods is unknown. */
function samplingOf(rows: readonly SeriesInfo[], defaults: SamplingDefaults): Sampling {
  const goVersions = distinct(rows, 'go');
  return {
    blockRateNs: oneNumber(distinct(rows, 'block_rate')) ?? defaults.blockRateNs,
    mutexFraction: oneNumber(distinct(rows, 'mutex_fraction')) ?? defaults.mutexFraction,
    goVersion: goVersions.length === 1 ? goVersions[0] : goVersions.length === 0 ? defaults.goVersion : undefined,
    goInferred: false,
  };
}

function oneNumber(values: readonly string[]): number | undefined {
  const [only] = values;
  return values.length === 1 && only !== undefined && /^\d+$/.test(only) ? Number(only) : undefined;
}
