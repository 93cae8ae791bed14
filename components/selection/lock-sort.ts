import type { LockEntry } from '@/lib/contention/lock';

/** What the table of locks can be sorted by; the first is the default. Falling unless `dir=asc`. */
export const sortKeys = ['max', 'avg', 'wait', 'hold', 'pods', 'name'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  readonly key: SortKey;
  readonly ascending: boolean;
}

/** The order a URL asks for; an unknown one is the default. Names rise by themselves, numbers fall. */
export function readSort(params: URLSearchParams): Sort {
  const key = sortKeys.find((known) => known === params.get('sort')) ?? 'max';
  const dir = params.get('dir');
  return { key, ascending: dir === null ? key === 'name' : dir === 'asc' };
}

/** Entries in the order asked for; what is not known comes last, ties keep their order. */
export function sortLocks(entries: readonly LockEntry[], sort: Sort): readonly LockEntry[] {
  const sign = sort.ascending ? 1 : -1;
  return entries.toSorted((a, b) => {
    if (sort.key === 'name') return sign * a.lock.name.localeCompare(b.lock.name, 'en');
    const left = sortValue(a, sort.key);
    const right = sortValue(b, sort.key);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

function sortValue(entry: LockEntry, key: Exclude<SortKey, 'name'>): number | null {
  switch (key) {
    case 'max':
      return entry.lock.waiting.max;
    case 'avg':
      return entry.lock.waiting.avg;
    case 'wait':
      return entry.lock.meanWaitSeconds;
    case 'hold':
      return entry.holdSeconds?.high ?? null;
    case 'pods':
      return entry.lock.waiting.pods;
  }
}

/** The parameters of a click on a column: the same column turns round, another one starts its own way. */
export function sortChanges(
  current: Sort,
  key: SortKey,
): { readonly sort: string | null; readonly dir: string | null } {
  const dir = current.key === key ? (current.ascending ? 'desc' : 'asc') : null;
  return { sort: key, dir };
}
