import { blindBelow } from './blind';
import type { Comparison, LockChange, SiteChange } from './comparison';
import { gateRows } from './data-gate';
import { explainChanges } from './explain';
import { isInterleaved } from './interleaved';
import { judgeRows } from './judge';
import type { CompareOptions } from './options';
import { pairArms } from './pair-arms';
import type { Arm } from './run';
import { inDocumentOrder } from './site-change';
import { testRows } from './tested';
import { contentionNotes, noiseNotes, trustNotes } from './trust';
import { unitOfRuns } from './unit';

/**
 * Compares two sets of runs: what waits, computes or takes longer in `head`, by the rule of docs/regression.md. The
 * unit of evidence is the run, never the profile sample. Every site of either arm is in `sites` or counted in
 * `leftOut`; equal input gives an equal answer, and the order of runs inside an arm changes only the order of values.
 * Throws `regression.fingerprint` when the arms are known to have been measured differently.
 */
export function compareRuns(base: Arm, head: Arm, options: CompareOptions): Comparison {
  const unit = unitOfRuns([...base.runs, ...head.runs]);
  const trust = trustNotes(base, head, unit, options);
  const paired = pairArms(base.runs, head.runs, unit);
  const gated = gateRows(paired.rows);
  const tested = testRows(gated.rows, paired.rows, unit, options);
  const judged = judgeRows(tested, paired.rows, unit, options);
  const blindBelowRatio = blindBelow(judged);
  const { sites, locks } = explainChanges(judged, paired.rows, { base, head, unit }, options);
  return {
    verdict: documentVerdict(sites),
    runs: { base: base.runs.length, head: head.runs.length, interleaved: isInterleaved(base.runs, head.runs) },
    unit,
    sites: inDocumentOrder(sites),
    locks: inLockOrder(locks),
    blindBelowRatio,
    trust: [...trust, ...noiseNotes(tested, blindBelowRatio, options), ...contentionNotes(paired.rows, base, head)],
    leftOut: [...paired.leftOut, ...gated.leftOut],
  };
}

/**
 * A regression if any, else suspicious, else improved if any, else inconclusive when a tested site could not have
 * shown a change of its gate's size or nothing was measured, else unchanged.
 */
function documentVerdict(sites: readonly SiteChange[]): Comparison['verdict'] {
  const tested = sites.filter(({ primary }) => primary);
  for (const verdict of ['regression', 'suspicious', 'improved', 'inconclusive'] as const) {
    if (tested.some((site) => site.verdict === verdict)) return verdict;
  }
  return tested.length === 0 ? 'inconclusive' : 'unchanged';
}

const lockRank: readonly LockChange['verdict'][] = [
  'regression',
  'suspicious',
  'moved',
  'improved',
  'inconclusive',
  'unchanged',
];

/** Worst verdict first, then by the change in waiting. */
function inLockOrder(locks: readonly LockChange[]): LockChange[] {
  const size = ({ waiting }: LockChange) => Math.abs(waiting.head.median - waiting.base.median);
  return [...locks].sort(
    (a, b) =>
      lockRank.indexOf(a.verdict) - lockRank.indexOf(b.verdict) ||
      size(b) - size(a) ||
      (`${a.id}${a.benchmark}` < `${b.id}${b.benchmark}` ? -1 : 1),
  );
}
