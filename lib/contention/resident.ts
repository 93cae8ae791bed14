import type { LocksInput } from './input';
import type { LockEntry } from './lock';

/** Waits for something to arrive. A send waits for a slow receiver, Cond and WaitGroup for work that others do. */
const arrivals: ReadonlySet<string> = new Set(['chan receive', 'select']);
/** Libraries in which callers wait for a connection or an answer: never a loop of the program. */
const callsOut = /^(?:database\/sql|net\/http)\./;
/** A request waits shorter, on average, than a loop that a clock or rare work wakes. */
const leastMeanSeconds = 1;
/** Share of its time that such a loop may spend otherwise, and the slack of two clocks. */
const slack = 0.1;
/** Waits a pod, and native windows a pod, before their regularity says anything. */
const leastSeen = 5;

/**
 * True for a wait that looks like one goroutine of each pod that always waits: a loop around a ticker or a rare event
 * that is called from the goroutine's root (`isIdleSite` knows loops that stand there). All of: every site receives or
 * selects; on average 0.9 to 1.1 goroutines of a pod wait, give or take the one wait that the range cuts; waits last a
 * second or longer; there are five of them and five native windows a pod; no window holds more than one goroutine can
 * put there: its length and one wait begun before. At most one goroutine a pod is hidden; what queues up behind it is
 * not, for a blocked send or lock never is.
 */
export function isResidentLoop({ lock, waitSites }: LockEntry, block: LocksInput['block']): boolean {
  const { waiting, meanWaitSeconds: mean, contentions } = lock;
  const { avg, max, bucketSeconds, pods } = waiting;
  if (!waitSites.every((site) => arrivals.has(site.kind) && !callsOut.test(site.function))) return false;
  if (block?.wallMs === undefined || avg === null || max === null || bucketSeconds === null) return false;
  if (pods === null || contentions === null || mean === null) return false;
  const seconds = block.wallMs / 1e3 / Math.max(1, block.series);
  if (contentions < leastSeen * pods || seconds < leastSeen * bucketSeconds || mean < leastMeanSeconds) return false;
  return Math.abs(avg - 1) <= slack + mean / seconds && max <= (1 + mean / bucketSeconds) * (1 + slack);
}
