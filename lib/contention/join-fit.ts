import { balancesOf, type LockGroup, sumOf } from './group';

export interface JoinTrust {
  /** Mutex delay sums over all waiters and every event is in it: Go >= 1.22, fraction 1. */
  readonly delayConserved: boolean;
  /** Mutex delay is no lottery: fraction 1, any version. */
  readonly delayExact: boolean;
}

/** Charge in ns (or releases, where delay is a lottery) that the cluster's own waits cannot explain. */
export function unexplained(cluster: readonly LockGroup[], trust: JoinTrust): number {
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
export function bestTarget(
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
