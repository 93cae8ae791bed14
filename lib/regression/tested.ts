import { isLockFamily } from '@/lib/contention/family';
import { groupBy } from '@/lib/group-by';
import type { Metric, Unit } from './comparison';
import { type CompareOptions, leastEffect } from './options';
import { besideOf, type PairedRow, shownRow, valuesOf } from './paired-row';
import { profileTotals } from './profile-totals';
import { hodgesLehmannRatio, type RatioEstimate } from './stats/hodges-lehmann';
import { mannWhitneyGreater } from './stats/mann-whitney';
import { median } from './stats/spread';
import { welchLogGreater } from './stats/welch-log';
import { leastChangeNs } from './unit';

/** With fewer runs an arm nothing is told; from `fullRuns` on, ranks carry a regression. */
export const leastRuns = 5;
export const fullRuns = 8;

export type Domain = 'lock' | 'cpu' | 'time';

/** A row's values of one metric, with what the statistics say of them. */
export interface Tested {
  readonly row: PairedRow;
  readonly metric: Metric;
  readonly domain: Domain;
  readonly primary: boolean;
  readonly base: readonly number[];
  readonly head: readonly number[];
  /** One-sided p against a change for the worse of at least δ, against any, and against one for the better of δ. */
  readonly p: { readonly worse: number; readonly worseAtAll: number; readonly better: number };
  readonly estimate: RatioEstimate | undefined;
  /** Median of the head minus median of the base. */
  readonly change: number;
  readonly floor: number;
  readonly presence: 'both' | 'new' | 'gone';
  /** The level that somebody accepted, and why; undefined = none applies. */
  readonly accepted: { readonly level: number; readonly reason: string } | undefined;
}

/** Runs of the smaller arm. */
export function runsOf(tested: Tested): number {
  return Math.min(tested.base.length, tested.head.length);
}

/**
 * Tests each kept row against the other arm, in their order: mutex delay is what is tested of locks, block delay of
 * waits that no mutex profile shows, and of locks where an arm has no mutex profile. Contentions, and the block delay
 * of the other locks, follow as evidence. `all` are the rows before the data gate: totals are of everything.
 */
export function testRows(
  kept: readonly PairedRow[],
  all: readonly PairedRow[],
  unit: Unit,
  options: CompareOptions,
): Tested[] {
  const keyOf = (row: PairedRow) => `${row.source}\0${row.benchmark}`;
  const totals = new Map(
    [...groupBy(all, keyOf)].map(([key, rows]) => [key, median(profileTotals(rows, 'base')) ?? 0]),
  );
  const withMutex = new Set(all.filter((row) => row.source === 'mutex').map((row) => row.benchmark));
  return kept.flatMap((row): Tested[] => {
    const floor = floorOf(row, totals.get(keyOf(row)) ?? 0, unit);
    const delays = { base: valuesOf(row, 'base'), head: valuesOf(row, 'head') };
    const test = (metric: Metric, domain: Domain, primary: boolean) =>
      testRow({ row, metric, domain, primary, floor, ...delays }, options);
    if (row.source === 'cpu') return [test('cpu', 'cpu', true)];
    if (row.source === 'time') return [test('time', 'time', true)];
    if (row.source === 'block') return [test('block.delay', 'lock', !isLockRow(row) || !withMutex.has(row.benchmark))];
    const counts = { base: besideOf(row, 'base'), head: besideOf(row, 'head') };
    const evidence = { row, metric: 'mutex.contentions', domain: 'lock', primary: false, floor: 0 } as const;
    return [test('mutex.delay', 'lock', true), testRow({ ...evidence, ...counts }, options)];
  });
}

/** 1 % of the base's profile, or what matters to nobody; a benchmark is its own profile. */
function floorOf(row: PairedRow, baseTotal: number, unit: Unit): number {
  return row.source === 'time' ? baseTotal / 100 : Math.max(baseTotal / 100, leastChangeNs[unit]);
}

function isLockRow(row: PairedRow): boolean {
  return isLockFamily(shownRow(row)?.def?.family ?? '');
}

function testRow(
  values: Pick<Tested, 'row' | 'metric' | 'domain' | 'primary' | 'base' | 'head' | 'floor'>,
  options: CompareOptions,
): Tested {
  const { domain } = values;
  const [base, head] = [bySize(values.base), bySize(values.head)];
  const accepted = acceptedLevel(values, options);
  const level = accepted === undefined ? base : raisedTo(base, accepted.level);
  const effect = leastEffect[domain];
  return {
    ...values,
    p: {
      worse: greater(level, head, effect),
      worseAtAll: greater(level, head, 0),
      better: greater(head, base, effect),
    },
    estimate: hodgesLehmannRatio(level, head),
    change: (median(head) ?? 0) - (median(level) ?? 0),
    presence: presenceOf(base, head),
    accepted,
  };
}

/** Ascending: sums of floating-point numbers in the order of runs would show that order in their last digits. */
export function bySize(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Ranks from `fullRuns` an arm on; below, so few ranks cannot be significant among many tests, logarithms can. */
function greater(low: readonly number[], high: readonly number[], effect: number): number {
  const runs = Math.min(low.length, high.length);
  if (runs >= leastRuns && runs < fullRuns) return welchLogGreater(low, high, effect);
  return mannWhitneyGreater(
    low.map((value) => value * (1 + effect)),
    high,
  );
}

function presenceOf(base: readonly number[], head: readonly number[]): Tested['presence'] {
  const any = (values: readonly number[]) => values.some((value) => value > 0);
  if (!any(base) && any(head)) return 'new';
  return any(base) && !any(head) ? 'gone' : 'both';
}

/** The accepted level of a site or function, when it is above what the base has. */
function acceptedLevel(
  { row, metric, base }: Pick<Tested, 'row' | 'metric' | 'base'>,
  options: CompareOptions,
): Tested['accepted'] {
  const site = shownRow(row)?.site;
  const found = options.acknowledged
    .filter((one) => one.metric === metric && (one.site === site?.id || one.site === site?.function))
    .sort((a, b) => b.level - a.level)[0];
  return found === undefined || found.level <= (median(base) ?? 0) ? undefined : found;
}

/** The base's runs with their noise, lifted so that their median is `level`. */
function raisedTo(base: readonly number[], level: number): number[] {
  const middle = median(base) ?? 0;
  return base.map((value) => (middle > 0 ? (value * level) / middle : level));
}
