import { compareIds, compareText } from './order';
import type { Group } from './port';

/** By the group's label values in the order asked for, then by site id. */
export function sortGroups(groups: Group[], groupBy: readonly string[]): Group[] {
  return groups.sort((a, b) => {
    for (const name of groupBy) {
      const order = compareText(a.by[name] ?? '', b.by[name] ?? '');
      if (order !== 0) return order;
    }
    return compareIds(a.site?.id ?? 0n, b.site?.id ?? 0n);
  });
}
