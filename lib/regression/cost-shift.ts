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
 * Where the CPU time that a function gained came from, as words; undefined when it is new work. FBDetect's cost shift:
 * when an enclosing domain did not change, work moved inside it. Domains: a caller (cumulative time), then the
 * receiver type, the package and the touched files (self times, which add up). Not changed = its change is at most
 * 25 % of the function's, its 95 % interval holds 0, and the interval excludes the function's whole change. For locks
 * the total is no domain: closed loops conserve it, which would hide every true regression.
 */
export function cpuShift(
  tested: Tested,
  rows: readonly PairedRow[],
  options: { readonly touched: Touched; readonly unit: Unit },
): string | undefined {
  const own = shownRow(tested.row);
  if (own === undefined || tested.change <= 0) return undefined;
  const near = rows.filter((row) => row.source === 'cpu' && row.benchmark === tested.row.benchmark);
  const total = median(profileTotals(near, 'base')) ?? 0;
  // Busy cores give the same time each second whatever the code does: there most of the total is no domain.
  const largest = options.unit === 'op' || options.unit === 'request' ? Number.POSITIVE_INFINITY : total / 2;
  for (const caller of near) {
    const shown = shownRow(caller);
    if (shown === undefined || caller === tested.row || !own.callers.includes(shown.name)) continue;
    const values = { base: valuesOf(caller, 'base'), head: valuesOf(caller, 'head') };
    if ((median(values.base) ?? 0) > largest) continue;
    if (isUnchanged(values, tested.change)) return `moved within ${shown.site.function}, which costs what it did`;
  }
  const selfChange = (median(besideOf(tested.row, 'head')) ?? 0) - (median(besideOf(tested.row, 'base')) ?? 0);
  // Time that its callees gained is not found among self times.
  if (selfChange < tested.change / 2) return undefined;
  for (const { words, holds } of selfDomains(tested.row, options.touched)) {
    const members = near.filter((row) => holds(shownRow(row)?.site ?? { function: '', file: '' }));
    const sums = selfSums(members);
    if (members.length < 2 || (median(sums.base) ?? 0) > largest) continue;
    if (isUnchanged(sums, selfChange)) return `moved within ${words}`;
  }
  return undefined;
}

interface Values {
  readonly base: readonly number[];
  readonly head: readonly number[];
}

function isUnchanged({ base, head }: Values, change: number): boolean {
  const shift = (median(head) ?? 0) - (median(base) ?? 0);
  const { low, high } = shiftInterval(base, head);
  return Math.abs(shift) <= domainShare * change && low <= 0 && high >= 0 && high < change;
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
            words: `type ${type}`,
            holds: (site: Place) => inPackage(site) && parseGoName(site.function).receiver === type,
          },
        ]),
    { words: `package ${pkg}`, holds: inPackage },
    ...(inTouched(own) ? [{ words: 'the changed files', holds: inTouched }] : []),
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
 * For a lock site that gained: true when sites of the same lock that are gone had as much, so that the code that
 * releases it moved (extracted, merged or wrapped). Lock delays vary more than 25 %: their interval decides alone.
 */
export function isLockMoved(tested: Tested, rows: readonly PairedRow[]): boolean {
  const lock = shownRow(tested.row)?.def?.lock;
  const { source, benchmark } = tested.row;
  if (lock === undefined || tested.change <= 0) return false;
  const gone = rows.filter(
    (row) =>
      row.source === source && row.benchmark === benchmark && row.head === undefined && row.base?.def?.lock === lock,
  );
  if (gone.length === 0) return false;
  const base = tested.base.map((value, run) =>
    gone.reduce((sum, row) => sum + (valuesOf(row, 'base')[run] ?? 0), value),
  );
  const { low, high } = shiftInterval(base, tested.head);
  return low <= 0 && high < tested.change;
}
