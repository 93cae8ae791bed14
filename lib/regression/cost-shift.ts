import { parseGoName } from '@/lib/contention/go-name';
import type { Unit } from './comparison';
import { packageOfName } from './names';
import { besideOf, type PairedRow, shownRow, valuesOf } from './paired-row';
import { profileTotals } from './profile-totals';
import { shiftInterval } from './shift-interval';
import { median } from './stats/spread';
import type { Tested } from './tested';
import { isInFile, type Touched } from './touched';

/** A domain that took up more of the change than this has really grown. */
const domainShare = 0.25;

/**
 * Where the CPU time that a function gained came from, or where that it lost went, as words; undefined when it is new
 * work, or work saved. FBDetect's cost shift: when an enclosing domain did not change, work moved inside it. Domains:
 * all callers (cumulative time), then the receiver type, the package and the touched files (self times, which add up).
 * Not changed = its change is at most 25 % of the function's, its 95 % interval holds 0, and the interval excludes the
 * function's whole change. For locks the total is no domain: closed loops conserve it, which would hide every true
 * regression.
 */
export function cpuShift(
  tested: Tested,
  rows: readonly PairedRow[],
  options: { readonly touched: Touched; readonly unit: Unit },
): string | undefined {
  const near = rows.filter((row) => row.source === 'cpu' && row.benchmark === tested.row.benchmark);
  const total = median(profileTotals(near, 'base')) ?? 0;
  // Busy cores give the same time each second whatever the code does: there most of the total is no domain.
  const largest = options.unit === 'op' || options.unit === 'request' ? Number.POSITIVE_INFINITY : total / 2;
  const isDomain = (values: Values, change: number) =>
    (median(values.base) ?? 0) <= largest && isUnchanged(values, change);
  const callers = callersOf(tested.row, near);
  const [first] = callers;
  if (first !== undefined && callers.every((caller) => isDomain(cumulative(caller), tested.change)))
    return `moved within ${shownRow(first)?.site.function}, which costs what it did`;
  const selfChange = (median(besideOf(tested.row, 'head')) ?? 0) - (median(besideOf(tested.row, 'base')) ?? 0);
  // Time that its callees gained is not found among self times.
  if (selfChange * Math.sign(tested.change) < Math.abs(tested.change) / 2) return undefined;
  return selfDomains(tested.row, options.touched).find(({ holds }) => {
    const members = near.filter((row) => holds(shownRow(row)?.site ?? { function: '', file: '' }));
    return members.length > 1 && isDomain(selfSums(members), selfChange);
  })?.words;
}

/** Rows of all functions that call it, in either arm. */
function callersOf(row: PairedRow, near: readonly PairedRow[]): PairedRow[] {
  const names = new Set([...(row.base?.callers ?? []), ...(row.head?.callers ?? [])]);
  return near.filter((other) => other !== row && names.has(shownRow(other)?.name ?? ''));
}

interface Values {
  readonly base: readonly number[];
  readonly head: readonly number[];
}

function cumulative(row: PairedRow): Values {
  return { base: valuesOf(row, 'base'), head: valuesOf(row, 'head') };
}

/** `change` is the function's own: negative where it lost time. */
function isUnchanged({ base, head }: Values, change: number): boolean {
  const shift = (median(head) ?? 0) - (median(base) ?? 0);
  const { low, high } = shiftInterval(base, head);
  if (Math.abs(shift) > domainShare * Math.abs(change) || low > 0 || high < 0) return false;
  return change > 0 ? high < change : low > change;
}

interface Place {
  readonly function: string;
  readonly file: string;
}

function selfDomains(row: PairedRow, touched: Touched): { words: string; holds: (site: Place) => boolean }[] {
  const own = shownRow(row)?.site ?? { function: '', file: '' };
  const pkg = packageOfName(own.function);
  const type = parseGoName(own.function).receiver;
  const inPackage = (site: Place) => packageOfName(site.function) === pkg;
  const inTouched = (site: Place) => touched.some((change) => isInFile(site.file, change.file));
  return [
    ...(type === undefined
      ? []
      : [
          {
            words: `moved within type ${type}`,
            holds: (site: Place) => inPackage(site) && parseGoName(site.function).receiver === type,
          },
        ]),
    { words: `moved within package ${pkg}`, holds: inPackage },
    ...(inTouched(own) ? [{ words: 'moved within the changed files', holds: inTouched }] : []),
  ];
}

function selfSums(rows: readonly PairedRow[]): Values {
  const sums = (arm: 'base' | 'head') => {
    const total: number[] = [];
    for (const row of rows) {
      for (const [run, value] of besideOf(row, arm).entries()) total[run] = (total[run] ?? 0) + value;
    }
    return total;
  };
  return { base: sums('base'), head: sums('head') };
}

/**
 * True when a lock's site gained what sites of the same lock that are gone had, or lost what new ones have, so that the
 * code that releases it moved (extracted, merged or wrapped). Lock delays vary more than 25 %: their interval decides
 * alone.
 */
export function isLockMoved(tested: Tested, rows: readonly PairedRow[]): boolean {
  const lock = shownRow(tested.row)?.def?.lock;
  const { source, benchmark } = tested.row;
  const [has, lacks] = tested.change > 0 ? (['base', 'head'] as const) : (['head', 'base'] as const);
  const others = rows.filter(
    (row) =>
      row.source === source && row.benchmark === benchmark && row[lacks] === undefined && row[has]?.def?.lock === lock,
  );
  if (lock === undefined || others.length === 0) return false;
  const together = tested[has].map((value, run) =>
    others.reduce((sum, row) => sum + (valuesOf(row, has)[run] ?? 0), value),
  );
  // What the site gained over what it and the others had; for a loss, with exchanged arms.
  const { low, high } = shiftInterval(together, tested[lacks]);
  return low <= 0 && high < Math.abs(tested.change);
}
