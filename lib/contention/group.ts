import type { SiteDef, SiteId } from '@/lib/profile/site';
import { lockScope } from './identity';
import type { SiteRow } from './input';

/** Sites that one lock-level id gathers, from both profiles. */
export interface LockGroup {
  readonly id: SiteId;
  readonly family: string;
  readonly package: string;
  readonly waits: readonly SiteRow[];
  readonly holds: readonly SiteRow[];
}

/** What waited and what was released over one pairing of wait and unlock kinds. Delays in ns. */
export interface Balance {
  readonly waits: number;
  readonly waited: number;
  readonly releases: number;
  readonly charged: number;
}

/** The unlock kind that ends each wait kind (go-lock-profiles 1.6): the rest pair within their family. */
export const releaseOf: Readonly<Record<string, string>> = {
  'RWMutex.RLock': 'RWMutex.Unlock',
  'RWMutex.Lock': 'RWMutex.Unlock (next writer)',
  'RWMutex.Lock (readers drain)': 'RWMutex.RUnlock',
  'Mutex.Lock': 'Mutex.Unlock',
};

/** Gathers rows by lock. Groups and their rows are in order of id: equal input in any order gives equal joins. */
export function groupByLock(waits: readonly SiteRow[], holds: readonly SiteRow[]): LockGroup[] {
  const groups = new Map<SiteId, { site: SiteDef; waits: SiteRow[]; holds: SiteRow[] }>();
  const groupOf = (site: SiteDef) => {
    const group = groups.get(site.lock) ?? { site, waits: [], holds: [] };
    groups.set(site.lock, group);
    return group;
  };
  for (const row of inIdOrder(waits)) groupOf(row.site).waits.push(row);
  for (const row of inIdOrder(holds)) groupOf(row.site).holds.push(row);
  const ordered = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([id, group]) => ({
    id,
    family: group.site.family,
    package: lockScope(group.site.function).package,
    waits: group.waits,
    holds: group.holds,
  }));
}

function inIdOrder(rows: readonly SiteRow[]): SiteRow[] {
  return [...rows].sort((a, b) => (a.site.id < b.site.id ? -1 : 1));
}

/** Balance of each pairing that occurs in the groups, by the wait kind's release. */
export function balancesOf(groups: readonly LockGroup[]): ReadonlyMap<string, Balance> {
  const balances = new Map<string, Balance>();
  const add = (key: string, part: Partial<Balance>) => {
    const sum = balances.get(key) ?? { waits: 0, waited: 0, releases: 0, charged: 0 };
    balances.set(key, {
      waits: sum.waits + (part.waits ?? 0),
      waited: sum.waited + (part.waited ?? 0),
      releases: sum.releases + (part.releases ?? 0),
      charged: sum.charged + (part.charged ?? 0),
    });
  };
  for (const group of groups) {
    for (const row of group.waits)
      add(releaseOf[row.site.kind] ?? row.site.kind, { waits: row.count, waited: row.value });
    for (const row of group.holds) add(row.site.kind, { releases: row.count, charged: row.value });
  }
  return balances;
}

/** True when some wait of the groups is ended by some unlock of theirs. */
export function hasPair(groups: readonly LockGroup[]): boolean {
  return [...balancesOf(groups).values()].some((balance) => balance.waits > 0 && balance.releases > 0);
}

export function sumOf(rows: readonly SiteRow[]): { readonly count: number; readonly value: number } {
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    value: rows.reduce((sum, row) => sum + row.value, 0),
  };
}
