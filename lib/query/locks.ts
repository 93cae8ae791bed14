import { LockscopeError } from '@/lib/errors';
import { analyseView } from './analyse-view';
import type { SamplingDefaults } from './coverage';
import type { LocksResult, TopDocument } from './result';
import type { SampleReads, Scope } from './scope';

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
  store: SampleReads,
  service: string,
  scope: Scope,
  options: LocksOptions,
): Promise<LocksResult> {
  const { defaults, idleFunctions } = options;
  const { coverage, ...analysis } = await analyseView(store, service, scope, {
    defaults,
    idleFunctions,
    rowLimit,
    hasLength: true,
  });
  const document: TopDocument = {
    schema: 'lockscope/top/v1',
    window: {
      start: new Date(scope.range.from).toISOString(),
      end: new Date(scope.range.to).toISOString(),
      seconds: (scope.range.to - scope.range.from) / 1_000,
    },
    inputs: [],
    stored: { blockWindows: coverage.block.windows, mutexWindows: coverage.mutex.windows },
    locks: analysis.locks.map((entry) => entry.lock),
    waits: analysis.waits.map((entry) => entry.lock),
    idle: {
      sites: analysis.idle.reduce((sum, entry) => sum + entry.waitSites.length, 0),
      delaySeconds: analysis.idle.reduce((sum, entry) => sum + (entry.lock.delaySeconds ?? 0), 0),
      ...(options.listIdle && { list: analysis.idle.map((entry) => entry.lock) }),
    },
    notes: analysis.notes,
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

/** The entry with this public id among locks, waits, idle waits and runtime locks. Throws `query.no-lock`. */
export function findLock(result: LocksResult, lockId: string): LocksResult['locks'][number] {
  const entry = [...result.locks, ...result.waits, ...result.idle, ...result.runtime].find(
    ({ lock }) => lock.id === lockId,
  );
  if (entry === undefined)
    throw new LockscopeError('query.no-lock', `no lock ${lockId} in this range`, { place: 'path lock' });
  return entry;
}
