import type { ChangeVerdict, Unit } from './comparison';
import { cpuShift, isLockMoved } from './cost-shift';
import { decideRow, minimalRatioOf } from './decide';
import type { CompareOptions } from './options';
import type { PairedRow } from './paired-row';
import { benjaminiHochberg } from './stats/benjamini-hochberg';
import { leastRuns, runsOf, type Tested } from './tested';

/** A tested row with its verdict. */
export interface Judged {
  readonly tested: Tested;
  readonly verdict: ChangeVerdict;
  readonly why: string;
  /** Of the direction in which the medians moved; null = not among the tests. */
  readonly q: number | null;
  readonly minimalRatio: number | null;
}

/**
 * Judges all rows of a comparison as one family: q-values by Benjamini-Hochberg over the primary metrics, worse and
 * better each; then each row's verdict; then *moved* for what only stands elsewhere now: renamed, extracted, or paid
 * for by its surroundings. `rows` are all rows of both arms, for the surroundings.
 */
export function judgeRows(
  tested: readonly Tested[],
  rows: readonly PairedRow[],
  unit: Unit,
  options: CompareOptions,
): Judged[] {
  const family = tested.filter((one) => one.primary && runsOf(one) >= leastRuns);
  const worse = qValues(family, (one) => one.p.worse);
  const better = qValues(family, (one) => one.p.better);
  return tested.map((one) => {
    const q = { worse: worse.get(one) ?? null, better: better.get(one) ?? null };
    const minimalRatio = minimalRatioOf(one, family.length, options.q);
    const decided = decideRow(one, { q, minimalRatio }, options);
    const moved = movedWords(one, decided.verdict, rows, { touched: options.touched, unit });
    return {
      tested: one,
      ...(moved === undefined ? decided : { verdict: 'moved' as const, why: moved }),
      q: one.change < 0 ? q.better : q.worse,
      minimalRatio,
    };
  });
}

function qValues(family: readonly Tested[], pOf: (tested: Tested) => number): ReadonlyMap<Tested, number> {
  const q = benjaminiHochberg(family.map(pOf));
  return new Map(family.map((tested, i) => [tested, q[i] ?? 1]));
}

function movedWords(
  tested: Tested,
  verdict: ChangeVerdict,
  rows: readonly PairedRow[],
  options: Parameters<typeof cpuShift>[2],
): string | undefined {
  const isWorse = verdict === 'regression' || verdict === 'suspicious';
  if (tested.row.guessed && !isWorse) return tested.row.matchedBy ?? undefined;
  if (!isWorse && verdict !== 'improved') return undefined;
  if (tested.metric === 'cpu') return cpuShift(tested, rows, options);
  if (tested.domain === 'lock' && isLockMoved(tested, rows))
    return `moved within the lock: its sites that are ${tested.change > 0 ? 'gone had' : 'new have'} as much`;
  return undefined;
}
