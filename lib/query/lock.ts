import type { LockEntry } from '@/lib/contention/lock';
import { stepFor } from '@/lib/selection/range';
import type { TypeMatcher } from '@/lib/selection/selection';
import type { SampleStore } from '@/lib/store/port';
import { callersOf, siteKey } from './callers';
import { findLock, type LocksOptions, queryLocks } from './locks';
import type { LockDetail } from './result';
import { blockDelay, mutexDelay, type Scope, selectionOf } from './scope';
import { findStalls } from './stalls';
import { buildsOf, heatMapOf, queryPods } from './timeline';
import { waitingLine } from './waiting-line';

/** Buckets across the time chart and the heat map of a lock page. */
const bucketsAcross = 180;
const callersShown = 2_000;

/**
 * One lock with its callers, its timeline, its pods and its builds. `notes` and `leftOut` are those of the whole answer.
 * Throws `query.no-lock` when the range does not hold it.
 */
export async function queryLock(
  store: SampleStore,
  service: string,
  scope: Scope,
  lockId: string,
  options: LocksOptions,
): Promise<LockDetail> {
  const locks = await queryLocks(store, service, scope, options);
  const entry = findLock(locks, lockId);
  const stepMs = stepFor(scope.range, bucketsAcross);
  const [pods, total, waiterCallers, holderCallers] = await Promise.all([
    queryPods(store, service, scope, entry, stepMs),
    store.series(selectionOf(service, scope, blockDelay), { sites: entry.waitRows, groupBy: [], stepMs }),
    queryCallers(store, service, scope, blockDelay, entry.waitSites),
    queryCallers(store, service, scope, mutexDelay, entry.holdSites),
  ]);
  const heat = heatMapOf(pods);
  return {
    entry,
    coverage: locks.coverage,
    timeline: {
      ...waitingLine(entry.lock.name, total.groups, total.buckets, 1),
      from: total.from,
      stepMs: total.stepMs,
      buckets: total.buckets,
    },
    heat,
    waiterCallers,
    holderCallers,
    builds: buildsOf(pods),
    stalls: findStalls(heat),
    notes: [...locks.document.notes, ...total.cover.notes],
    leftOut: locks.document.left_out,
  };
}

async function queryCallers(
  store: SampleStore,
  service: string,
  scope: Scope,
  type: TypeMatcher,
  sites: LockEntry['waitSites'],
): Promise<LockDetail['waiterCallers']> {
  if (sites.length === 0) return [];
  const { profile } = await store.merged(selectionOf(service, scope, type), {
    sites: sites.map((site) => site.id),
    maxStacks: callersShown,
  });
  const valueIndex = Math.max(
    0,
    profile.sampleTypes.findIndex((sampleType) => sampleType.type === 'delay'),
  );
  const callers = callersOf(profile, sites, valueIndex);
  return sites.map((site) => ({ site: siteKey(site), callers: callers.get(siteKey(site)) ?? [] }));
}
