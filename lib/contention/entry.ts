import type { SiteId } from '@/lib/profile/site';
import { checkConservation } from './conservation';
import { isLockFamily } from './family';
import { sumOf } from './group';
import { estimateHold } from './hold-time';
import { listHolders, patternOf } from './holders';
import { idText, lockName, publicSiteIds, waitName } from './identity';
import type { LocksInput, SiteRow } from './input';
import type { JoinedLock } from './join';
import type { Link, LockEntry, Site, WaiterSite } from './lock';
import { waitingNumbers } from './waiting';

/** Makes the public entry of a joined lock; `share` is filled in by `withShares`, once the whole list is known. */
export function lockEntry(joined: JoinedLock, input: LocksInput): LockEntry {
  const waits = joined.groups.flatMap((group) => group.waits).sort(byValue);
  const holds = joined.groups.flatMap((group) => group.holds);
  const first = joined.groups[0];
  const waitRows = idsOf(waits);
  const holdRows = idsOf(holds);
  const waiting = waitingNumbers(input.block, waits, waitRows);
  const family = first?.family ?? '';
  const pattern = patternOf(waits, holds, waiting.avg);
  const ids = publicSiteIds([...waits, ...holds].map((row) => row.site));
  const siteOf = (row: SiteRow): Site => publicSite(row, ids);
  const total = sumOf(waits);
  const naming = waits[0] ?? [...holds].sort(byValue)[0];
  return {
    lock: {
      id: idText(first?.id ?? 0n),
      name: nameOf(family, naming?.site.function ?? ''),
      family,
      waiting,
      delaySeconds: input.block === undefined ? null : total.value / 1e9,
      contentions: input.block === undefined ? null : total.count,
      meanWaitSeconds: total.count > 0 ? total.value / 1e9 / total.count : null,
      share: null,
      waiters: waits.map((row) => waiterOf(row, total.value, siteOf)),
      holders: listHolders({ waits, holds }, pattern, input.sampling, siteOf),
      link: linkOf(joined),
      pattern: pattern ?? null,
      rules: [],
    },
    waitRows,
    holdRows,
    waitSites: waits.map((row) => row.site),
    holdSites: holds.map((row) => row.site),
    level: joined.level,
    conservation: isLockFamily(family) ? checkConservation(waits, holds, input) : undefined,
    holdSeconds: estimateHold(family, waits, pattern, waiting.avg),
  };
}

/** A lock goes by its type, any other wait by the function that waits. */
function nameOf(family: string, functionName: string): string {
  return isLockFamily(family) ? lockName(functionName) : waitName(functionName);
}

function byValue(a: SiteRow, b: SiteRow): number {
  return b.value - a.value || b.count - a.count || (a.site.id < b.site.id ? -1 : 1);
}

function idsOf(rows: readonly SiteRow[]): SiteId[] {
  return [...new Set(rows.map((row) => row.site.lock))];
}

function linkOf(joined: JoinedLock): Link {
  if (joined.level === undefined) return 'Unlinked';
  return joined.level === 'A' || joined.level === 'B' ? 'Strong' : 'Inferred';
}

function publicSite(row: SiteRow, ids: ReadonlyMap<SiteId, string>): Site {
  const { kind, function: name, file, line } = row.site;
  return { id: ids.get(row.site.id) ?? '', kind, function: name, file, line };
}

function waiterOf(row: SiteRow, total: number, siteOf: (row: SiteRow) => Site): WaiterSite {
  return {
    site: siteOf(row),
    delaySeconds: row.value / 1e9,
    contentions: row.count,
    meanWaitSeconds: row.count > 0 ? row.value / 1e9 / row.count : null,
    share: total > 0 ? row.value / total : null,
  };
}

/** Entries in the order of the public lists, each with its share of the list's delay. */
export function rankEntries(entries: readonly LockEntry[]): LockEntry[] {
  const total = entries.reduce((sum, { lock }) => sum + (lock.delaySeconds ?? 0), 0);
  return [...entries].sort(compareEntries).map((entry) => {
    const { delaySeconds } = entry.lock;
    const share = delaySeconds === null || total === 0 ? null : delaySeconds / total;
    return { ...entry, lock: { ...entry.lock, share } };
  });
}

/** Average waiting falling, else delay; then what unlocks were charged, then the id. */
function compareEntries(a: LockEntry, b: LockEntry): number {
  return (
    (b.lock.waiting.avg ?? -1) - (a.lock.waiting.avg ?? -1) ||
    (b.lock.delaySeconds ?? -1) - (a.lock.delaySeconds ?? -1) ||
    charge(b) - charge(a) ||
    (a.lock.id < b.lock.id ? -1 : 1)
  );
}

function charge(entry: LockEntry): number {
  return entry.lock.holders.reduce((sum, holder) => sum + holder.delaySeconds, 0);
}
