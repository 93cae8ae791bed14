import { groupBy } from '@/lib/group-by';
import type { ArmTable } from './arm-table';
import { localName, matchingBenchmark, packageOfName } from './names';

/** Shared names of all that either package has. */
const leastShared = 0.6;

/**
 * Packages that only the head has, by matching name, each with the package of the base that it was: one that only the
 * base has and whose functions, as far as the profiles know them, are 60 % the same by name. The likest first, each
 * once.
 */
export function movedPackages(base: readonly ArmTable[], head: readonly ArmTable[]): ReadonlyMap<string, string> {
  const [before, after] = [packagesOf(base), packagesOf(head)];
  const gone = [...before].filter(([name]) => !after.has(name));
  const fresh = [...after].filter(([name]) => !before.has(name));
  const likeness = gone.flatMap(([from, old]) =>
    fresh.map(([to, now]) => ({ from, to, shared: jaccard(new Set(old), new Set(now)) })),
  );
  const moved = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to, shared } of likeness.sort((a, b) => b.shared - a.shared || (a.to < b.to ? -1 : 1))) {
    if (shared < leastShared || moved.has(to) || taken.has(from)) continue;
    moved.set(to, from);
    taken.add(from);
  }
  return moved;
}

/** The tables with their functions under the packages of the base. Sites keep their names as recorded. */
export function underOldPackages(tables: readonly ArmTable[], moved: ReadonlyMap<string, string>): ArmTable[] {
  const old = (name: string) => {
    const now = packageOfName(name);
    const from = moved.get(now);
    return from === undefined ? name : from + name.slice(now.length);
  };
  return tables.map((table) => ({
    ...table,
    rows: table.rows.map((row) => ({
      ...row,
      name: table.source === 'time' ? matchingBenchmark(row.site.function, moved) : old(row.name),
      callers: row.callers.map(old),
      callees: row.callees.map(old),
    })),
  }));
}

function packagesOf(tables: readonly ArmTable[]): ReadonlyMap<string, string[]> {
  const profiles = tables.filter(({ source }) => source !== 'time');
  const names = profiles.flatMap(({ rows }) => rows.flatMap((row) => [row.name, ...row.callers, ...row.callees]));
  const byPackage = groupBy(new Set(names), packageOfName);
  return new Map([...byPackage].map(([name, functions]) => [name, functions.map(localName)]));
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((name) => b.has(name)).length;
  return both / (a.size + b.size - both);
}
