import { normalAbove } from './tails';

/** Pairs up to which the null distribution is computed exactly: 2^50 sign patterns are still whole in a double. */
const exactPairs = 50;

/**
 * One-sided p of Wilcoxon's signed-rank test (Wilcoxon 1945) that `head` is above its paired `base` run, on
 * ln head - ln base. Runs are paired by index. Equal pairs, also of two zeros, are left out; a zero beside a positive
 * value is the largest difference, as are all such. Scale `base` by 1 + δ to demand an effect. 1 without a pair.
 * Exact, ties included, to 50 pairs by dynamic programming in O(n³); beyond, normal with tie and continuity correction.
 * Throws RangeError when the arms differ in length.
 */
export function signedRankGreater(base: readonly number[], head: readonly number[]): number {
  if (base.length !== head.length) throw new RangeError(`${base.length} base runs for ${head.length} head runs`);
  const changes: Change[] = [];
  for (const [index, b] of base.entries()) {
    const h = head[index] ?? 0;
    if (h !== b) changes.push({ factor: h > b ? h / b : b / h, up: h > b });
  }
  const { doubled, positiveSum } = rankSizes(changes);
  const n = doubled.length;
  if (n === 0) return 1;
  return n <= exactPairs ? exactP(doubled, positiveSum) : normalP(doubled, positiveSum);
}

/** One pair: by how many times it differs (above 1, maybe Infinity), and whether head is above. */
interface Change {
  readonly factor: number;
  readonly up: boolean;
}

/** Doubled midranks of the factors, ascending, and their sum over the rises. */
function rankSizes(changes: readonly Change[]): { doubled: number[]; positiveSum: number } {
  const factors = Float64Array.from(changes, ({ factor }) => factor).sort();
  const doubled = Array.from(factors, (factor) => factors.indexOf(factor) + 1 + factors.lastIndexOf(factor) + 1);
  let positiveSum = 0;
  for (const { factor, up } of changes) if (up) positiveSum += doubled[factors.indexOf(factor)] ?? 0;
  return { doubled, positiveSum };
}

function exactP(doubled: readonly number[], atLeast: number): number {
  const ways = new Float64Array(doubled.reduce((sum, rank) => sum + rank, 0) + 1);
  ways[0] = 1;
  let top = 0;
  for (const rank of doubled) {
    top += rank;
    for (let sum = top; sum >= rank; sum--) ways[sum] = (ways[sum] ?? 0) + (ways[sum - rank] ?? 0);
  }
  let within = 0;
  for (let sum = atLeast; sum < ways.length; sum++) within += ways[sum] ?? 0;
  return within / 2 ** doubled.length;
}

/** Var W = Σ ranks² / 4, which holds the tie correction; here ranks and W are doubled. */
function normalP(doubled: readonly number[], positiveSum: number): number {
  const middle = doubled.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = doubled.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return Math.min(1, normalAbove((positiveSum - middle - 1) / Math.sqrt(variance)));
}
