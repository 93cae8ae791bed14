import { isLockFamily } from '@/lib/contention/family';
import { groupByLock } from '@/lib/contention/group';
import { idText, lockName, waitName } from '@/lib/contention/identity';
import type { SiteRow } from '@/lib/contention/input';
import { joinGroups } from '@/lib/contention/join';
import { mutexMeaning } from '@/lib/contention/version';
import { groupBy } from '@/lib/group-by';
import type { SiteDef } from '@/lib/profile/site';
import { foreignReason } from './foreign';
import { type PairedRow, shownRow, valuesOf } from './paired-row';
import type { Fingerprint } from './run';

/** The rows of one lock, or of one wait that no lock stands behind, in the runs of one benchmark. */
export interface LockRows {
  /** Public `Lock.id`. */
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly benchmark: string | null;
  readonly waits: readonly PairedRow[];
  readonly holds: readonly PairedRow[];
}

/**
 * Gathers contention rows by lock, waiters joined with holders as on the lock pages (`joinGroups`), over both arms
 * pooled: a lock is one in base and head. In order of id and benchmark.
 */
export function lockRowsOf(rows: readonly PairedRow[], fingerprint: Fingerprint): LockRows[] {
  const own = rows.filter((row) => shownRow(row)?.def !== undefined && foreignReason(row) === undefined);
  return [...groupBy(own, (row) => row.benchmark)].flatMap(([benchmark, near]) => {
    const byId = groupBy(near, (row) => shownRow(row)?.def?.id);
    const rowsOf = (sites: readonly SiteRow[], source: PairedRow['source']) =>
      sites.flatMap(({ site }) => (byId.get(site.id) ?? []).filter((row) => row.source === source));
    const exact = fingerprint.mutexFraction === 1;
    const trust = {
      delayExact: exact,
      delayConserved:
        exact && mutexMeaning(fingerprint.goVersion === undefined ? [] : [fingerprint.goVersion]) === 'all waiters',
    };
    const pooled = (source: PairedRow['source'], isLock: boolean) =>
      near.filter((row) => row.source === source && isLockRow(row) === isLock).flatMap(pooledRow);
    const joined = joinGroups(groupByLock(pooled('block', true), pooled('mutex', true)), trust);
    const waits = groupByLock(pooled('block', false), pooled('mutex', false)).map((group) => ({ groups: [group] }));
    return [...joined, ...waits].flatMap(({ groups }): LockRows[] => {
      const naming = groups.flatMap((group) => [...group.waits, ...group.holds])[0]?.site;
      const [first] = groups;
      if (first === undefined || naming === undefined) return [];
      return [
        {
          id: idText(first.id),
          name: nameOf(naming),
          family: first.family,
          benchmark,
          waits: groups.flatMap((group) => rowsOf(group.waits, 'block')),
          holds: groups.flatMap((group) => rowsOf(group.holds, 'mutex')),
        },
      ];
    });
  });
}

function isLockRow(row: PairedRow): boolean {
  return isLockFamily(shownRow(row)?.def?.family ?? '');
}

function nameOf(site: SiteDef): string {
  return isLockFamily(site.family) ? lockName(site.function) : waitName(site.function);
}

function pooledRow(row: PairedRow): SiteRow[] {
  const site = shownRow(row)?.def;
  if (site === undefined) return [];
  const values = [...valuesOf(row, 'base'), ...valuesOf(row, 'head')];
  return [
    {
      site,
      count: (row.base?.events ?? 0) + (row.head?.events ?? 0),
      value: values.reduce((sum, value) => sum + value, 0),
      max: undefined,
      series: 1,
    },
  ];
}
