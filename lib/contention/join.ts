import { groupBy } from '@/lib/group-by';
import { balancesOf, hasPair, type LockGroup, releaseOf, sumOf } from './group';
import { bestTarget, type JoinTrust, unexplained } from './join-fit';

export type MatchLevel = 'A' | 'B' | 'C' | 'D';

/** Groups that are one lock as far as the profiles tell, and by which match level. */
export interface JoinedLock {
  /** The group with most waiting (else most charge) first: it names the lock. */
  readonly groups: readonly LockGroup[];
  readonly level: MatchLevel | undefined;
}

/**
 * Pairs waiters with holders (go-lock-profiles 1.6). A group holds one receiver type or one function, so a pair
 * inside it is level A (one function waits and releases) or B (same receiver type). What stays unbalanced is joined
 * within a package and family (level C) when unlocks were charged for waits that only another group can have had, and
 * across packages (level D) when both profiles agree on how many waits that were.
 */
export function joinGroups(groups: readonly LockGroup[], trust: JoinTrust): JoinedLock[] {
  return joinAcrossPackages(joinInPackages(groups, trust), trust);
}

function joinInPackages(groups: readonly LockGroup[], trust: JoinTrust): JoinedLock[] {
  const neighbours = groupBy(groups, (group) => `${group.family}\0${group.package}`);
  return [...neighbours.values()].flatMap((near) => joinNeighbours(near, trust));
}

function joinNeighbours(near: readonly LockGroup[], trust: JoinTrust): JoinedLock[] {
  const clusters: LockGroup[][] = near.map((group) => [group]);
  const surplus = clusters
    .filter((cluster) => unexplained(cluster, trust) > 0)
    .sort((a, b) => unexplained(b, trust) - unexplained(a, trust));
  for (const source of surplus) {
    if (!clusters.includes(source)) continue;
    // One after another: a lock may be waited for in several functions.
    for (;;) {
      const target = bestTarget(source, clusters, trust);
      if (target === undefined) break;
      source.push(...target);
      clusters.splice(clusters.indexOf(target), 1);
    }
  }
  return clusters.map((cluster) => {
    const groups = [...cluster].sort(byWeight);
    return { groups, level: levelOf(groups) };
  });
}

/** Fewer waits than this may agree by chance. */
const leastAgreeing = 10;

/** Waiters of one package without a holder, and holders of another without waiters, whose counts and delays agree; not when several do. */
function joinAcrossPackages(joined: readonly JoinedLock[], trust: JoinTrust): JoinedLock[] {
  const loose = joined.filter((lock) => lock.level === undefined);
  const holders = new Set(loose.filter((lock) => unexplained(lock.groups, trust) > 0));
  const result = joined.filter((lock) => !holders.has(lock));
  for (const [i, lock] of result.entries()) {
    if (lock.level !== undefined) continue;
    const [match, ...others] = [...holders].filter((holder) => agrees([...lock.groups, ...holder.groups], trust));
    if (match === undefined || others.length > 0) continue;
    holders.delete(match);
    result[i] = { groups: [...lock.groups, ...match.groups], level: 'D' };
  }
  return [...result, ...holders];
}

function agrees(groups: readonly LockGroup[], trust: JoinTrust): boolean {
  if (new Set(groups.map((group) => group.family)).size > 1) return false;
  const near = (a: number, b: number) => a >= 0.8 * b && a <= 1.25 * b;
  return [...balancesOf(groups).values()].some(
    ({ waits, releases, waited, charged }) =>
      waits >= leastAgreeing && near(releases, waits) && (!trust.delayConserved || near(charged, waited)),
  );
}

/** Most waiting first; without waits most charge. */
function byWeight(a: LockGroup, b: LockGroup): number {
  return sumOf(b.waits).value - sumOf(a.waits).value || sumOf(b.holds).value - sumOf(a.holds).value;
}

function levelOf(groups: readonly LockGroup[]): MatchLevel | undefined {
  if (!hasPair(groups)) return undefined;
  if (groups.length > 1) return 'C';
  const top = groups.flatMap((group) => group.waits).sort((a, b) => b.value - a.value)[0]?.site;
  const ends = top === undefined ? undefined : (releaseOf[top.kind] ?? top.kind);
  const releases = groups.flatMap((group) => group.holds).map((row) => row.site);
  return releases.some((site) => site.kind === ends && site.function === top?.function) ? 'A' : 'B';
}
