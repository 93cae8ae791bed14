import type { ChangedSite, ChangeVerdict, LockChange, Side, Unit } from './comparison';
import type { Judged } from './judge';
import type { LockRows } from './lock-rows';
import { besideOf, type PairedRow, runsOfArm, shownRow, valuesOf } from './paired-row';
import type { Arm } from './run';
import { hodgesLehmannRatio } from './stats/hodges-lehmann';
import { median } from './stats/spread';
import { denominatorOf } from './unit';

/** What decides a lock: its worst site. */
const severity: readonly ChangeVerdict[] = [
  'regression',
  'suspicious',
  'improved',
  'moved',
  'inconclusive',
  'unchanged',
];

export interface LockContext {
  readonly base: Arm;
  readonly head: Arm;
  readonly unit: Unit;
}

/**
 * A lock as people read it: goroutines waiting (block delay per second of wall time, of the mutex profile where there
 * is no block profile), or delay per unit in benchmarks and where a length is not known. `judged` are its judged rows, which decide.
 * undefined when none was.
 */
export function lockChange(lock: LockRows, judged: readonly Judged[], context: LockContext): LockChange | undefined {
  const ordered = [...judged].sort(bySeverity);
  const [deciding] = ordered;
  if (deciding === undefined) return undefined;
  const seen = lock.waits.length > 0 ? lock.waits : lock.holds;
  // As many goroutines as there are wait in turns in a benchmark, however long: only the operation tells.
  const perSecond =
    context.unit !== 'op' && [...context.base.runs, ...context.head.runs].every((run) => (run.per.seconds ?? 0) > 0);
  const sum = (arm: 'base' | 'head', of: (row: PairedRow) => readonly number[]): number[] => {
    const runs = context[arm].runs;
    const total: number[] = [];
    for (const row of seen) {
      for (const [i, number] of runsOfArm(row, arm).entries()) {
        const run = runs[number];
        const scale = run === undefined || !perSecond ? 1 : denominatorOf(run, context.unit) / (run.per.seconds ?? 1);
        total[i] = (total[i] ?? 0) + (of(row)[i] ?? 0) * scale;
      }
    }
    return total;
  };
  const delays = (arm: 'base' | 'head') => sum(arm, (row) => valuesOf(row, arm)).map((ns) => ns / 1e9);
  const counts = (arm: 'base' | 'head') => sum(arm, (row) => besideOf(row, arm));
  const [base, head] = [sideOf(delays('base')), sideOf(delays('head'))];
  const contentions = { base: sideOf(counts('base')), head: sideOf(counts('head')) };
  const estimate = hodgesLehmannRatio(base.values, head.values);
  return {
    id: lock.id,
    name: lock.name,
    family: lock.family,
    benchmark: lock.benchmark,
    ...verdictOf(deciding),
    presence: presenceOf(base, head),
    waiting: { unit: perSecond ? 'goroutines' : unitWords[context.unit], base, head, noise: halfWidth(base.values) },
    contentions,
    meanWaitSeconds: { base: meanOf(base, contentions.base), head: meanOf(head, contentions.head) },
    ratio: base.median === 0 ? null : (estimate?.ratio ?? null),
    ci95:
      base.median === 0 || estimate === undefined || !Number.isFinite(estimate.high)
        ? null
        : [estimate.low, estimate.high],
    runsAbove: { above: head.values.filter((value) => value > base.median).length, of: head.values.length },
    sites: [...new Set(ordered.flatMap(({ tested }) => shownRow(tested.row)?.site.id ?? []))],
    waiter: heaviest(lock.waits),
    holder: heaviest(lock.holds),
    movedWith: null,
  };
}

const unitWords = {
  op: 'seconds per op',
  request: 'seconds per request',
  run: 'seconds per run',
  second: 'goroutines',
} as const;

function bySeverity(a: Judged, b: Judged): number {
  return (
    Number(b.tested.primary) - Number(a.tested.primary) ||
    severity.indexOf(a.verdict) - severity.indexOf(b.verdict) ||
    Math.abs(b.tested.change) - Math.abs(a.tested.change)
  );
}

/** Evidence decides nothing: a lock whose tested metric was left out was not judged. */
function verdictOf({ tested, verdict, why, q }: Judged): Pick<LockChange, 'verdict' | 'why' | 'q'> {
  if (tested.primary) return { verdict, why, q };
  return { verdict: 'inconclusive', why: 'too little of it in the mutex profile to be tested', q: null };
}

function sideOf(values: readonly number[]): Side {
  return { median: median(values) ?? 0, values };
}

function presenceOf(base: Side, head: Side): LockChange['presence'] {
  const any = ({ values }: Side) => values.some((value) => value > 0);
  if (!any(base) && any(head)) return 'new';
  return any(base) && !any(head) ? 'gone' : 'both';
}

/** Delay over contentions of all runs together, added up by size: the order of runs shows in no digit. */
function meanOf(delay: Side, contentions: Side): number | null {
  const total = (side: Side) => [...side.values].sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);
  return total(contentions) > 0 ? total(delay) / total(contentions) : null;
}

/** Half of what the middle 80 % of the runs span. */
function halfWidth(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  return sorted.length === 0 ? 0 : (at(0.9) - at(0.1)) / 2;
}

function heaviest(rows: readonly PairedRow[]): ChangedSite | null {
  const weigh = (row: PairedRow, arm: 'base' | 'head') => valuesOf(row, arm).reduce((sum, value) => sum + value, 0);
  const weighted = rows.map((row) => ({ row, head: weigh(row, 'head'), base: weigh(row, 'base') }));
  const [top] = weighted.sort((a, b) => b.head - a.head || b.base - a.base);
  return top === undefined ? null : (shownRow(top.row)?.site ?? null);
}
