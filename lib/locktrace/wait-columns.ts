import type { AttemptTable } from './attempt-table';
import type { Waits } from './lock-trace';
import type { Scan } from './scan-waits';
import type { SiteNumbers } from './site-numbers';

/**
 * The attempts of a scan in order of their begin, as columns: those of the scan itself, put in order, so that `scan` is
 * used up. Its bursts tell rows from then on. `lock[attempt]` is put in order too. O(attempts), but for those that are
 * out of order.
 */
export function waitColumns({ attempts, bursts, classes }: Scan, lock: Uint32Array, numbers: SiteNumbers): Waits {
  const { count } = attempts;
  const order = orderOfFirst(attempts.beginNs.subarray(0, count));
  const rowOf = inverse(order);
  const episode = episodesByRow(attempts, order, rowOf);
  const site = inOrder(attempts.classOf.subarray(0, count), order);
  const siteOfClass = new Int32Array(classes.all.length).fill(-1);
  for (let row = 0; row < count; row += 1) {
    const classOf = site[row] ?? 0;
    const found = classes.all[classOf];
    if (siteOfClass[classOf] === -1 && found !== undefined) siteOfClass[classOf] = numbers.number(found.site);
    site[row] = siteOfClass[classOf] ?? 0;
  }
  bursts.renumber((attempt) => rowOf[attempt] ?? attempt);
  const waits: Waits = {
    count,
    lock: inOrder(lock, order),
    site,
    goroutine: inOrder(attempts.goroutine.subarray(0, count), order),
    stack: inOrder(attempts.stack.subarray(0, count), order),
    beginNs: inOrder(attempts.beginNs.subarray(0, count), order),
    grantedNs: inOrder(attempts.grantedNs.subarray(0, count), order),
    acquiredNs: inOrder(attempts.acquiredNs.subarray(0, count), order),
    blockedNs: inOrder(attempts.blockedNs.subarray(0, count), order),
    wakeupNs: inOrder(attempts.wakeupNs.subarray(0, count), order),
    drainBeginNs: new Float64Array(count).fill(Number.NaN),
    drainEndNs: new Float64Array(count).fill(Number.NaN),
    by: inOrder(attempts.by.subarray(0, count), order),
    byStack: inOrder(attempts.byStack.subarray(0, count), order),
    hold: new Int32Array(count).fill(-1),
    blocks: inOrder(attempts.blocks.subarray(0, count), order),
    flags: inOrder(attempts.flags.subarray(0, count), order),
    episode,
  };
  for (const [attempt, { beginNs, endNs }] of attempts.drains) {
    const row = rowOf[attempt] ?? attempt;
    waits.drainBeginNs[row] = beginNs;
    waits.drainEndNs[row] = endNs;
  }
  return waits;
}

function episodesByRow(attempts: AttemptTable, order: Uint32Array, rowOf: Uint32Array): Uint32Array {
  const { count, episodes } = attempts;
  const byRow = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) {
    const episode = episodes.find(order[row] ?? row);
    byRow[row] = rowOf[episode] ?? episode;
  }
  return byRow;
}

/**
 * Indexes by value, equal ones in their order, of as many of the first as are not in order; the others are in place.
 * Attempts come by begin, but those from before the trace (begin 0) are told when their goroutine is first met.
 */
function orderOfFirst(begin: Float64Array): Uint32Array {
  let latest = Number.NEGATIVE_INFINITY;
  let end = 0;
  for (let index = 0; index < begin.length; index += 1) {
    const at = begin[index] ?? 0;
    if (at < latest) end = index + 1;
    else latest = at;
  }
  const first = Uint32Array.from({ length: end }, (_, index) => index);
  const early = first.filter((index) => begin[index] === 0);
  const order = new Uint32Array(end);
  order.set(early);
  order.set(
    first.filter((index) => begin[index] !== 0),
    early.length,
  );
  const isSorted = order.every(
    (index, place) => place === 0 || (begin[order[place - 1] ?? 0] ?? 0) <= (begin[index] ?? 0),
  );
  return isSorted ? order : order.sort((a, b) => (begin[a] ?? 0) - (begin[b] ?? 0) || a - b);
}

function inverse(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place += 1) places[order[place] ?? 0] = place;
  return places;
}

/** Puts the first values of a column into an order, in place. */
function inOrder<T extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  column: T,
  order: Uint32Array,
): T {
  const before = column.slice(0, order.length);
  for (let row = 0; row < order.length; row += 1) column[row] = before[order[row] ?? 0] ?? 0;
  return column;
}
