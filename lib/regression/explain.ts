import type { LockChange, SiteChange } from './comparison';
import { groupFunctions } from './group-functions';
import { groupLocks, type LockGroup, type LockNode } from './group-locks';
import type { Judged } from './judge';
import { type LockContext, lockChange } from './lock-change';
import { type LockRows, lockRowsOf } from './lock-rows';
import type { CompareOptions } from './options';
import { type PairedRow, shownRow } from './paired-row';
import { siteChange } from './site-change';

/**
 * Makes judged rows into the changes of the document: what lock each belongs to, and which other change explains it.
 * Displaced locks keep their sites' verdicts under the culprit's group; the lock itself is *moved*.
 */
export function explainChanges(
  judged: readonly Judged[],
  rows: readonly PairedRow[],
  context: LockContext,
  options: CompareOptions,
): { readonly sites: readonly SiteChange[]; readonly locks: readonly LockChange[] } {
  const locks = lockRowsOf(rows, context.head.fingerprint);
  const lockOf = new Map(locks.flatMap((lock) => [...lock.waits, ...lock.holds].map((row) => [row, lock] as const)));
  const ofLock = (lock: LockRows) => judged.filter(({ tested }) => lockOf.get(tested.row) === lock);
  const nodes = locks.flatMap((lock): LockNode[] => {
    const changed = ofLock(lock).filter(isChange).sort(bySize);
    return changed.length === 0 ? [] : [{ lock, changed }];
  });
  const lockGroups = groupLocks(nodes, rows, options.touched);
  const functions = groupFunctions(
    judged.filter((one) => one.tested.domain === 'cpu' && isChange(one)),
    rows,
    options.touched,
  );
  const groups = groupIds(lockGroups, functions);
  for (const one of judged.filter(({ tested, verdict }) => tested.domain === 'time' && verdict === 'regression')) {
    const cause = causeOfTime(one, lockGroups, functions);
    if (cause !== undefined) groups.set(one, idOf(cause)).set(cause, idOf(cause));
  }
  const movedWith = new Map(
    lockGroups.flatMap(({ culprit, displaced }) => displaced.map((node) => [node.lock, culprit.lock.name] as const)),
  );
  return {
    sites: judged.map((one) =>
      siteChange(one, { group: groups.get(one) ?? null, lock: lockOf.get(one.tested.row)?.id ?? null }),
    ),
    locks: locks.flatMap((lock): LockChange[] => {
      const change = lockChange(lock, ofLock(lock), context);
      const culprit = movedWith.get(lock);
      if (change === undefined) return [];
      if (culprit === undefined) return [change];
      return [{ ...change, verdict: 'moved', movedWith: culprit, why: `contention displaced by ${culprit}` }];
    }),
  };
}

function isChange({ tested, verdict }: Judged): boolean {
  return tested.primary && (verdict === 'regression' || verdict === 'suspicious' || verdict === 'improved');
}

function bySize(a: Judged, b: Judged): number {
  return Math.abs(b.tested.change) - Math.abs(a.tested.change) || (idOf(a) < idOf(b) ? -1 : 1);
}

function idOf({ tested }: Judged): string {
  return shownRow(tested.row)?.site.id ?? '';
}

/** The culprit's site id for every change that shares its cause with another. */
function groupIds(locks: readonly LockGroup[], functions: readonly (readonly Judged[])[]): Map<Judged, string> {
  const groups = new Map<Judged, string>();
  const share = (members: readonly Judged[]) => {
    const [culprit] = members;
    if (culprit === undefined || members.length < 2) return;
    for (const member of members) groups.set(member, idOf(culprit));
  };
  for (const { culprit, displaced } of locks) share([culprit, ...displaced].flatMap(({ changed }) => changed));
  for (const members of functions) share(members);
  return groups;
}

/** A benchmark takes longer because of the lock, else the function, that got worse in it. */
function causeOfTime(
  time: Judged,
  locks: readonly LockGroup[],
  functions: readonly (readonly Judged[])[],
): Judged | undefined {
  const culprits = [...locks.map(({ culprit }) => culprit.changed[0]), ...functions.map(([first]) => first)];
  return culprits.find(
    (one) => one?.verdict === 'regression' && one.tested.row.benchmark === time.tested.row.benchmark,
  );
}
