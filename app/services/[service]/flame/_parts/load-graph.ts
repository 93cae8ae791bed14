import type { FlameHalf } from '@/components/flamegraph/flame-explorer';
import { formatValue } from '@/components/flamegraph/format-value';
import type { LockEntry } from '@/lib/contention/lock';
import { type Mirror, mirrorTrees, prefixIds } from '@/lib/flamegraph/mirror';
import type { Transform } from '@/lib/flamegraph/transform';
import type { SiteId } from '@/lib/profile/site';
import type { FlameSource } from '@/lib/query/flame';
import type { LocksResult } from '@/lib/query/result';
import type { View } from '@/lib/selection/view';
import type { FlameRequest } from './flame-request';
import type { Mode } from './modes';

/** Everything a graph needs, whatever the mode. */
export interface Graph {
  readonly down: FlameHalf;
  readonly up: FlameHalf | undefined;
  readonly sharedRows: 0 | 1 | 2;
  /** Value of the whole profile, before any step. */
  readonly whole: number;
  readonly mirror: Mirror | undefined;
  readonly trimmed: { readonly value: number; readonly nodes: number };
  /** Left out by focus and drop steps. */
  readonly leftOut: number;
  /** Stacks that the store did not list, added up. */
  readonly unlisted: { readonly value: number; readonly members: number };
}

interface Source {
  readonly flames: FlameSource;
  readonly view: Pick<View, 'idle'>;
  readonly request: FlameRequest;
  readonly locks: Pick<LocksResult, 'locks' | 'waits' | 'idle' | 'runtime'>;
}

/** Loads the graph of a mode. Throws what the queries throw, `query.no-type` above all. */
export function loadGraph(source: Source, mode: Mode): Promise<Graph> {
  if (source.request.fn !== undefined && mode.typeId !== undefined) {
    return loadSandwich(source, mode, mode.typeId, source.request.fn);
  }
  return mode.typeId === undefined ? loadMirror(source) : loadSingle(source, mode, mode.typeId);
}

async function loadSingle(source: Source, mode: Mode, typeId: string): Promise<Graph> {
  const { flames, request } = source;
  const sites = sitesFor(source, mode.id);
  const { root, trimmed, leftOut, other } = await flames.flame({
    typeId,
    transforms: request.transforms,
    invert: request.invert,
    limits: request.limits,
    ...(sites === undefined ? {} : { sites }),
  });
  const down = { root, total: root.total, title: mode.name, note: '', verb: mode.name };
  return {
    down,
    up: undefined,
    sharedRows: 0,
    whole: root.total + leftOut.value,
    mirror: undefined,
    trimmed,
    leftOut: leftOut.value,
    unlisted: other,
  };
}

async function loadSandwich(source: Source, mode: Mode, typeId: string, name: string): Promise<Graph> {
  const { flames, request } = source;
  const sites = sitesFor(source, mode.id);
  const { callers, callees, total, trimmed, whole, other } = await flames.sandwich({
    typeId,
    name,
    limits: request.limits,
    ...(sites === undefined ? {} : { sites }),
  });
  const kind = { unit: mode.unit, type: mode.sampleType };
  const note = formatValue(total, kind);
  return {
    down: { root: callees, total, title: 'What it calls', note, verb: 'callee' },
    up: { root: { ...prefixIds(callers, 'c'), id: callees.id }, total, title: 'Its callers', note, verb: 'caller' },
    sharedRows: 1,
    whole,
    mirror: undefined,
    trimmed,
    leftOut: 0,
    unlisted: other,
  };
}

async function loadMirror(source: Source): Promise<Graph> {
  const { flames, request } = source;
  const entries = chosenLocks(source);
  const hide: Transform = { kind: 'hide', what: 'internals' };
  const options = { transforms: [hide, ...request.transforms], invert: true, limits: request.limits };
  const [waiters, holders] = await Promise.all([
    flames.flame({ ...options, typeId: 'block:delay' }),
    flames.flame({ ...options, typeId: 'mutex:delay' }),
  ]);
  const mirror = mirrorTrees(
    waiters.root,
    holders.root,
    entries.map((entry) => ({
      id: entry.lock.id,
      name: entry.lock.name,
      waitSites: entry.waitSites,
      holdSites: entry.holdSites,
    })),
  );
  const kind = { unit: 'nanoseconds', type: 'delay' };
  const waited = mirror.columns.reduce((sum, column) => sum + column.waited, 0);
  const charged = mirror.columns.reduce((sum, column) => sum + column.charged, 0);
  return {
    down: {
      root: mirror.waiters,
      total: waited,
      title: 'Who waits',
      note: `block profile, ${formatValue(waited, kind)} waited`,
      verb: 'waits',
    },
    up: {
      root: mirror.holders,
      total: charged,
      title: 'Who holds',
      note: `releases, mutex profile, ${formatValue(charged, kind)} charged`,
      verb: 'releases',
    },
    sharedRows: 2,
    whole: waited,
    mirror,
    trimmed: {
      value: waiters.trimmed.value + holders.trimmed.value,
      nodes: waiters.trimmed.nodes + holders.trimmed.nodes,
    },
    leftOut: waiters.leftOut.value + holders.leftOut.value,
    unlisted: {
      value: waiters.other.value + holders.other.value,
      members: waiters.other.members + holders.other.members,
    },
  };
}

function chosenLocks({ request, locks }: Pick<Source, 'request' | 'locks'>): readonly LockEntry[] {
  const all = [...locks.locks, ...locks.runtime];
  return request.lock === undefined ? all : all.filter(({ lock }) => lock.id === request.lock);
}

/** Sites to keep: one lock's, or everything but idle waits; undefined keeps all. */
function sitesFor({ request, locks, view }: Source, mode: string): readonly SiteId[] | undefined {
  if (mode !== 'waiters' && mode !== 'holders') return undefined;
  const side = (entry: LockEntry) => (mode === 'waiters' ? entry.waitSites : entry.holdSites);
  const every = [...locks.locks, ...locks.waits, ...locks.runtime];
  if (request.lock !== undefined) {
    return [...every, ...locks.idle]
      .filter(({ lock }) => lock.id === request.lock)
      .flatMap(side)
      .map(({ id }) => id);
  }
  if (view.idle || mode === 'holders' || locks.idle.length === 0) return undefined;
  return every.flatMap(side).map(({ id }) => id);
}
