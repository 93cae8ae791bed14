import type { ChangeVerdict } from './comparison';
import { type CompareOptions, leastEffect } from './options';
import { shownRow } from './paired-row';
import { minimalRatio } from './stats/minimal-ratio';
import { pooledLogDeviation } from './stats/spread';
import { bySize, fullRuns, leastRuns, runsOf, type Tested } from './tested';

/** p against no change at all from which more runs are worth their time. */
const suspiciousP = 0.01;
/** Share of the head's runs that must have what is new; mirrored for what is gone. */
const leastRunsWithNew = 0.6;

export interface Decided {
  readonly verdict: ChangeVerdict;
  readonly why: string;
}

/** The smallest ratio that would have been found at the site at 80 % power among `tests` tests; null = cannot be told. */
export function minimalRatioOf(tested: Tested, tests: number, q: number): number | null {
  const deviation = pooledLogDeviation(bySize(tested.base), bySize(tested.head));
  if (deviation === undefined || runsOf(tested) < leastRuns) return null;
  const ratio = minimalRatio({
    deviation,
    baseRuns: tested.base.length,
    headRuns: tested.head.length,
    tests,
    q,
    leastEffect: leastEffect[tested.domain],
  });
  return ratio ?? null;
}

interface Family {
  /** Of the worse and of the better direction; null = evidence, never tested. */
  readonly q: { readonly worse: number | null; readonly better: number | null };
  readonly minimalRatio: number | null;
}

/**
 * The verdict of one row (docs/regression.md#rule). Worse or better needs all of: q within the false discovery rate,
 * the whole 95 % interval of the ratio on that side of 1, the ratio beyond the gate, and the change above the floor.
 * Short of the first two but with p ≤ 0.01 it is suspicious. Else it is unchanged where the runs would have shown a
 * change of the gate's size, and inconclusive where they would not.
 */
export function decideRow(tested: Tested, family: Family, options: CompareOptions): Decided {
  const runs = runsOf(tested);
  if (runs < leastRuns) return { verdict: 'inconclusive', why: `${runs} runs an arm, ${leastRuns} are the least` };
  const rule = options.ruleOf?.(shownRow(tested.row)?.site.function ?? '');
  if (rule?.ignored !== undefined) return { verdict: 'unchanged', why: `not judged: ${rule.ignored}` };
  const gate = 1 + (rule?.gate ?? options.gates[tested.domain]);
  const up = isBeyond(tested, gate, 'worse');
  const down = isBeyond(tested, gate, 'better');
  if (up && isFound(tested, family.q.worse, options.q, 'worse')) return worse(tested, runs, options);
  if (down && isFound(tested, family.q.better, options.q, 'better'))
    return { verdict: 'improved', why: changeWords(tested, 'better') };
  if (up && tested.p.worseAtAll <= suspiciousP) {
    const why = tested.primary
      ? 'likely worse, but not surely among so many tests: more runs would tell'
      : 'worse, as evidence: it is not among the tests';
    return { verdict: 'suspicious', why };
  }
  return quiet(tested, family.minimalRatio, gate);
}

/** Beyond the gate and the floor, and there in enough runs to be no accident. */
function isBeyond({ base, head, estimate, change, floor, presence }: Tested, gate: number, side: 'worse' | 'better') {
  if (side === 'worse') {
    if (change < floor || change <= 0) return false;
    if (presence === 'new' && head.filter((value) => value > 0).length < leastRunsWithNew * head.length) return false;
    return estimate === undefined || estimate.ratio >= gate;
  }
  if (-change < floor || change >= 0) return false;
  if (presence === 'gone' && base.filter((value) => value > 0).length < leastRunsWithNew * base.length) return false;
  return estimate !== undefined && estimate.ratio <= 1 / gate;
}

function isFound(tested: Tested, q: number | null, rate: number, side: 'worse' | 'better'): boolean {
  if (q === null || q > rate) return false;
  const { estimate } = tested;
  if (estimate === undefined) return side === 'worse';
  return side === 'worse' ? estimate.low > 1 : estimate.high < 1;
}

/** What would be a regression, lowered where the evidence is of a kind that cries wolf. */
function worse(tested: Tested, runs: number, options: CompareOptions): Decided {
  const why = changeWords(tested, 'worse');
  const capped = (because: string): Decided => ({ verdict: 'suspicious', why: `${why}; ${because}` });
  if (tested.row.guessed) return capped('but the site was matched by likeness');
  if (options.stored) return capped('but the base was measured at another time');
  if (runs < fullRuns) return capped(`but ${runs} runs an arm are too few to be sure (${fullRuns})`);
  return { verdict: 'regression', why };
}

function changeWords(tested: Tested, side: 'worse' | 'better'): string {
  if (tested.presence === 'new') return `new: in ${withIt(tested.head)} head runs and in no base run`;
  if (tested.presence === 'gone') return `gone: in ${withIt(tested.base)} base runs and in no head run`;
  if (tested.accepted !== undefined) return `${side} than the accepted level (${tested.accepted.reason})`;
  return `${side} beyond the gate, the floor and the noise`;
}

function withIt(values: readonly number[]): string {
  return `${values.filter((value) => value > 0).length} of ${values.length}`;
}

function quiet(tested: Tested, smallest: number | null, gate: number): Decided {
  if (tested.accepted !== undefined) return { verdict: 'unchanged', why: `accepted: ${tested.accepted.reason}` };
  if (smallest === null)
    return { verdict: 'inconclusive', why: 'not in every run: what change would have shown cannot be told' };
  const words = `a change below ×${smallest.toFixed(2)} would not have shown`;
  if (smallest > gate) return { verdict: 'inconclusive', why: `${words}, and the gate is ×${gate.toFixed(2)}` };
  return { verdict: 'unchanged', why: words };
}
