import { type Random, shuffle } from './seeded-random';
import { mean } from './spread';

/** Where values rise most between consecutive groups. */
export interface Boundary {
  /** Groups before it; at least 1. */
  readonly at: number;
  /** Standardised rank sum of the values after it: about 3 is clear, negative is a fall. */
  readonly score: number;
}

/** Smallest p that `chanceOfBoundary` tells: 1 in 2,000. */
const relabelings = 1999;

/** The boundary after which ranks are highest; undefined with fewer than two groups or equal values only. */
export function bestBoundary(groups: readonly (readonly number[])[]): Boundary | undefined {
  const { ranks, ends } = rankGroups(groups);
  return bestOf(ranks, ends);
}

/**
 * Probability that groups of the same sizes, cut from one distribution, hold a boundary as high: the share of
 * relabelings whose best one is. Neighbouring values resemble each other, which makes boundaries look clearer than they
 * are: the score is first divided by √((1 + r) / (1 - r)), the growth of a mean's error under lag-1 correlation r,
 * which is measured within groups (Bartlett 1946). 1 as soon as it is sure to exceed `level`.
 */
export function chanceOfBoundary(groups: readonly (readonly number[])[], level: number, random: Random): number {
  const { ranks, ends } = rankGroups(groups);
  const observed = bestOf(ranks, ends);
  if (observed === undefined) return 1;
  const r = lagCorrelation(ranks, ends);
  const score = observed.score / Math.sqrt((1 + r) / (1 - r));
  const mixed = [...ranks];
  let asHigh = 1;
  for (let time = 0; time < relabelings; time++) {
    shuffle(mixed, random);
    if ((bestOf(mixed, ends)?.score ?? 0) < score) continue;
    asHigh++;
    if (asHigh > level * (relabelings + 1)) return 1;
  }
  return asHigh / (relabelings + 1);
}

/** Midranks in group order, centred to sum 0, scaled to a mean square of 1; `ends` is where each group ends. */
function rankGroups(groups: readonly (readonly number[])[]): { ranks: number[]; ends: number[] } {
  const values = groups.flat();
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] ?? 0];
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (const index of order.slice(start, end)) ranks[index] = (start + end - values.length) / 2;
    start = end;
  }
  const scale = Math.sqrt(mean(ranks.map((rank) => rank * rank)));
  let at = 0;
  const ends = groups.map((group) => {
    at += group.length;
    return at;
  });
  return { ranks: scale === 0 ? [] : ranks.map((rank) => rank / scale), ends };
}

/** With k of n values before a boundary, their sum has variance k (n - k) / (n - 1) over relabelings. */
function bestOf(ranks: readonly number[], ends: readonly number[]): Boundary | undefined {
  let best: Boundary | undefined;
  let before = 0;
  let position = 0;
  for (let at = 1; at < ends.length; at++) {
    for (const end = ends[at - 1] ?? 0; position < end; position++) before += ranks[position] ?? 0;
    const rest = ranks.length - position;
    if (position === 0 || rest <= 0) continue;
    const score = -before / Math.sqrt((position * rest) / (ranks.length - 1));
    if (best === undefined || score > best.score) best = { at, score };
  }
  return best;
}

/**
 * Correlation of neighbours about their group's mean, 0 at least and 0.95 at most. Measured about a mean of few values
 * it comes out too low by (1 + 3 r) / n (Kendall 1954), which is put back.
 */
function lagCorrelation(ranks: readonly number[], ends: readonly number[]): number {
  let products = 0;
  let squares = 0;
  let start = 0;
  for (const end of ends) {
    const group = ranks.slice(start, end);
    const middle = mean(group);
    for (const [index, rank] of group.entries()) {
      squares += (rank - middle) ** 2;
      products += index === 0 ? 0 : (rank - middle) * ((group[index - 1] ?? 0) - middle);
    }
    start = end;
  }
  if (squares === 0) return 0;
  const size = ranks.length / ends.length;
  const corrected = size > 4 ? (products / squares + 1 / size) / (1 - 3 / size) : products / squares;
  return Math.min(0.95, Math.max(0, corrected));
}
