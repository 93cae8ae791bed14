import { balancesOf, hasPair, type LockGroup, sumOf } from './group';

export type MatchLevel = 'A' | 'B' | 'C' | 'D';

/** Groups that are one lock as far as the profiles tell, and by which match level. */
export interface JoinedLock {
  /** The group with most waiting (else most charge) first: it names the lock. */
  readonly groups: readonly LockGroup[];
  readonly level: MatchLevel | undefined;
}

export interface JoinTrust {
  /** Mutex delay sums over all waiters and every event is in it: Go >= 1.22, fraction 1. */
  readonly delayConserved: boolean;
  /** Mutex delay is no lottery: fraction 1, any version. */
  readonly delayExact: boolean;
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
  const neighbours = new Map<string, LockGroup[]>();
  for (const group of groups) {
    const key = `${group.family}\0${group.package}`;
    neighbours.set(key, [...(neighbours.get(key) ?? []), group]);
  }
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
    const groups = [...cluster].sort((a, b) => weight(b) - weight(a));
    return { groups, level: levelOf(groups) };
  });
}

/** Fewer waits than this may agree by chance. */
const leastAgreeing = 10;

/** Waiters of one package without a holder, and holders of another without waiters, whose counts and delays agree. */
function joinAcrossPackages(joined: readonly JoinedLock[], trust: JoinTrust): JoinedLock[] {
  const loose = joined.filter((lock) => lock.level === undefined);
  const holders = new Set(loose.filter((lock) => unexplained(lock.groups, trust) > 0));
  const result = joined.filter((lock) => !holders.has(lock));
  for (const [i, lock] of result.entries()) {
    if (lock.level !== undefined) continue;
    const match = [...holders].find((holder) => agrees([...lock.groups, ...holder.groups], trust));
    if (match === undefined) continue;
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

function weight(group: LockGroup): number {
  const waited = sumOf(group.waits).value;
  return waited > 0 ? waited : Number.MIN_VALUE * sumOf(group.holds).value;
}

function levelOf(groups: readonly LockGroup[]): MatchLevel | undefined {
  if (!hasPair(groups)) return undefined;
  if (groups.length > 1) return 'C';
  const releasing = new Set(groups.flatMap((group) => group.holds.map((row) => row.site.function)));
  const topWaiter = groups.flatMap((group) => group.waits).sort((a, b) => b.value - a.value)[0];
  return topWaiter !== undefined && releasing.has(topWaiter.site.function) ? 'A' : 'B';
}

/** Charge in ns (or releases, where delay is a lottery) that the cluster's own waits cannot explain. */
function unexplained(cluster: readonly LockGroup[], trust: JoinTrust): number {
  let sum = 0;
  for (const { waits, waited, releases, charged } of balancesOf(cluster).values()) {
    const [had, given] = trust.delayExact ? [waited, charged] : [waits, releases];
    if (given > explainable(had, trust)) sum += given - had;
  }
  return sum;
}

/** The most that unlocks are charged for waits of `had`: window edges, and chance where counts are sampled. */
function explainable(had: number, trust: JoinTrust): number {
  return (trust.delayExact ? 1.25 : 2) * had;
}

/** The neighbour whose waits the source's charges fit best; undefined when none gets more balanced by it. */
function bestTarget(
  source: readonly LockGroup[],
  clusters: readonly LockGroup[][],
  trust: JoinTrust,
): LockGroup[] | undefined {
  const missing = unexplained(source, trust);
  if (missing === 0) return undefined;
  if (!trust.delayExact) {
    const sole = soleWaiters(source, clusters);
    if (sole !== undefined) return sole;
  }
  let best: { readonly cluster: LockGroup[]; readonly rank: readonly number[] } | undefined;
  for (const cluster of clusters) {
    if (cluster === source) continue;
    const fit = fitOf(source, cluster, trust);
    // Equal fits (before Go 1.22 they mostly are): a cluster without a holder of its own yet, then the busier one.
    const rank = [fit, -cluster.length, ...cluster.map((group) => sumOf(group.waits).value)];
    if (fit > 0 && (best === undefined || isHigher(rank, best.rank))) best = { cluster, rank };
  }
  return best?.cluster;
}

/** Sampled counts cannot tell locks apart, but unlocks without any wait of their own belong to the only waiters near. */
function soleWaiters(source: readonly LockGroup[], clusters: readonly LockGroup[][]): LockGroup[] | undefined {
  if (source.some((group) => group.waits.length > 0)) return undefined;
  const ended = new Set(balancesOf(source).keys());
  const waiting = clusters.filter(
    (cluster) =>
      cluster !== source && [...balancesOf(cluster)].some(([kind, { waits }]) => waits > 0 && ended.has(kind)),
  );
  return waiting.length === 1 ? waiting[0] : undefined;
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** How much of the source's unexplained charge the target's unpaired waits take up; 0 = the two do not belong together. */
function fitOf(source: readonly LockGroup[], target: readonly LockGroup[], trust: JoinTrust): number {
  const from = balancesOf(source);
  let taken = 0;
  for (const [kind, there] of balancesOf(target)) {
    const here = from.get(kind);
    if (here === undefined) continue;
    const [had, given] = trust.delayExact ? [here.waited, here.charged] : [here.waits, here.releases];
    const [open, closed] = trust.delayExact ? [there.waited, there.charged] : [there.waits, there.releases];
    if (given <= explainable(had, trust) || open === 0) continue;
    // Where charges add up to waits, a balanced target is a lock of its own; before Go 1.22 they never do.
    const unpaired = trust.delayConserved || !trust.delayExact ? open - closed : open;
    if (unpaired < 0.2 * open) continue;
    if (given + closed > 2 * (had + open)) continue;
    // A stray wake-up is no reason to doubt a lock that misses much more than it gives.
    if (trust.delayConserved && given - had < 0.05 * unpaired) continue;
    taken += Math.min(unpaired, given - had);
  }
  return taken;
}
