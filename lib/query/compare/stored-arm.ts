import { errorCode, errorMessage } from '@/lib/errors';
import type { ContentionRow, Fingerprint, Run } from '@/lib/regression/run';
import type { TypeMatcher } from '@/lib/selection/selection';
import type { Note, SeriesResult } from '@/lib/store/port';
import type { Sampling } from '../result';
import { blockDelay, mutexDelay, type SampleReads, type Scope, selectionOf } from '../scope';

/** One side of a comparison of stored windows. */
export interface StoredArm {
  readonly runs: readonly Run[];
  /** Length of a run, ms: as long as the range allows, so that a stall that comes seldom falls into each. */
  readonly windowMs: number;
  readonly pods: number;
  /** Sites beyond the limit, by profile: they are in no run. */
  readonly leftOut: { readonly sites: number; readonly delaySeconds: number };
  readonly notes: readonly Note[];
}

/** Sites read per profile. */
const siteLimit = 500;
/** Runs that a full answer needs; more windows of one pod add little, for neighbours are alike. */
const wantedRuns = 10;

/**
 * The runs of a selection: one pod in one window each. The range is cut into as few windows as give ten runs; windows
 * that a pod reported in for less than half of their length are left away, for they are no equal runs. O(pods ×
 * windows × sites).
 */
export async function storedArm(store: SampleReads, service: string, scope: Scope): Promise<StoredArm> {
  const pods = await podsOf(store, service, scope);
  const cuts = Math.max(1, Math.ceil(wantedRuns / Math.max(1, pods)));
  const windowMs = Math.max(1_000, Math.floor((scope.range.to - scope.range.from) / cuts));
  const [mutex, block] = await Promise.all([
    readCells(store, service, scope, mutexDelay, windowMs),
    readCells(store, service, scope, blockDelay, windowMs),
  ]);
  const keys = [...new Set([...mutex.cells.keys(), ...block.cells.keys()])].sort();
  const runs = keys.flatMap((key): Run[] => {
    const cell = mutex.cells.get(key) ?? block.cells.get(key);
    if (cell === undefined) return [];
    return [
      {
        name: `${cell.pod} ${new Date(cell.startMs).toISOString().slice(11, 19)}`,
        benchmark: undefined,
        startMs: cell.startMs,
        per: { ops: undefined, requests: undefined, seconds: cell.wallMs / 1e3 },
        mutex: mutex.cells.get(key)?.rows,
        block: block.cells.get(key)?.rows,
        cpu: undefined,
        times: [],
      },
    ];
  });
  return {
    runs,
    windowMs,
    pods: new Set([...mutex.cells.values(), ...block.cells.values()].map(({ pod }) => pod)).size,
    leftOut: {
      sites: mutex.left.members + block.left.members,
      delaySeconds: (mutex.left.value + block.left.value) / 1e9,
    },
    notes: [...mutex.notes, ...block.notes],
  };
}

/** What the labels of a selection tell of how it was measured. */
export function fingerprintOf({ goVersion, blockRateNs, mutexFraction }: Sampling): Fingerprint {
  return {
    goVersion,
    cpu: undefined,
    cores: undefined,
    gomaxprocs: undefined,
    kernel: undefined,
    buildFlags: undefined,
    blockRate: blockRateNs,
    mutexFraction,
  };
}

interface Cell {
  readonly pod: string;
  readonly startMs: number;
  readonly wallMs: number;
  readonly rows: ContentionRow[];
}

interface Cells {
  /** By pod and bucket. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly left: { readonly members: number; readonly value: number };
  readonly notes: readonly Note[];
}

/** Pods that sent mutex profiles; where none did, or their meanings mix, block profiles. */
async function podsOf(store: SampleReads, service: string, scope: Scope): Promise<number> {
  const stepMs = Math.max(1_000, scope.range.to - scope.range.from);
  for (const type of [mutexDelay, blockDelay]) {
    const all = await store
      .series(selectionOf(service, scope, type), { groupBy: ['pod'], stepMs })
      .catch(emptyWhenMixed);
    if (all !== undefined && all.groups.length > 0) return all.groups.length;
  }
  return 0;
}

function emptyWhenMixed(error: unknown): undefined {
  if (errorCode(error) !== 'store.mixed-go') throw error;
  return undefined;
}

/** One profile type by pod and window; a mix of mutex meanings (Go 1.22) makes it unusable, and says so. */
async function readCells(
  store: SampleReads,
  service: string,
  scope: Scope,
  type: TypeMatcher,
  stepMs: number,
): Promise<Cells> {
  const selection = selectionOf(service, scope, type);
  try {
    const { sites, other } = await store.hotspots(selection, { level: 'site', by: 'value', limit: siteLimit });
    const whole = await store.series(selection, { groupBy: ['pod'], stepMs });
    const cells = cellsOf(whole);
    if (sites.length > 0) {
      const perSite = await store.series(selection, {
        sites: sites.map(({ site }) => site.id),
        perSite: true,
        groupBy: ['pod'],
        stepMs,
      });
      addRows(cells, perSite);
    }
    return { cells, left: other, notes: whole.cover.notes };
  } catch (error) {
    emptyWhenMixed(error);
    const message = `${type.name ?? ''} profiles are left out: ${errorMessage(error)}`;
    return { cells: new Map(), left: { members: 0, value: 0 }, notes: [{ code: 'mixed-semantics', message }] };
  }
}

function cellsOf(result: SeriesResult): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { by, wallMs } of result.groups) {
    for (const [bucket, wall] of wallMs.entries()) {
      if (wall < result.stepMs / 2) continue;
      const startMs = result.from + bucket * result.stepMs;
      cells.set(cellKey(by.pod, bucket), { pod: by.pod ?? '', startMs, wallMs: wall, rows: [] });
    }
  }
  return cells;
}

function addRows(cells: ReadonlyMap<string, Cell>, { groups }: SeriesResult): void {
  for (const { by, site, values, counts } of groups) {
    if (site === undefined) continue;
    for (const [bucket, delayNs] of values.entries()) {
      if (delayNs === 0 && counts[bucket] === 0) continue;
      const cell = cells.get(cellKey(by.pod, bucket));
      cell?.rows.push({ site, delayNs, contentions: counts[bucket] ?? 0, callers: [] });
    }
  }
}

function cellKey(pod: string | undefined, bucket: number): string {
  return `${pod ?? ''}\0${bucket}`;
}
