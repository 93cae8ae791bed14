import type { ArmRow } from './arm-table';
import { localName, packageOfName } from './names';
import { hodgesLehmannRatio } from './stats/hodges-lehmann';

/** A renamed function does the same work: its values stay within this ratio. */
const sameWork = 1.3;
/** Shared callers and callees of all that either has. */
const leastLikeness = 0.6;

export interface Rename {
  readonly from: ArmRow;
  readonly to: ArmRow;
  readonly because: string;
}

/**
 * Functions that only the base has, found again under a name that only the head has: of the same kind, in the same
 * package or under the same name in another, of the same value (ratio within ×1.3, as far as the runs tell), and with
 * callers and callees of which 60 % are shared; or a function that was moved into one it called, or out of one, and
 * kept its lock. The likest first, each once; renames found so far count as known when neighbours are compared.
 */
export function renamedPairs(
  bases: readonly ArmRow[],
  heads: readonly ArmRow[],
  known: readonly { readonly base: ArmRow; readonly head: ArmRow }[],
): Rename[] {
  const renamed = new Map(known.map((pair) => [pair.base.name, pair.head.name]));
  const found: Rename[] = [];
  const free = { base: new Set(bases), head: new Set(heads) };
  for (;;) {
    const best = likest([...free.base], [...free.head], renamed);
    if (best === undefined) return found;
    free.base.delete(best.from);
    free.head.delete(best.to);
    renamed.set(best.from.name, best.to.name);
    found.push(best);
  }
}

function likest(
  bases: readonly ArmRow[],
  heads: readonly ArmRow[],
  renamed: ReadonlyMap<string, string>,
): Rename | undefined {
  let best: { readonly rename: Rename; readonly score: number } | undefined;
  for (const from of bases) {
    for (const to of heads) {
      const because = reasonOf(from, to, renamed);
      if (because === undefined || !isSameWork(from, to)) continue;
      if (best === undefined || because.score > best.score)
        best = { rename: { from, to, because: because.text }, score: because.score };
    }
  }
  return best?.rename;
}

function reasonOf(
  from: ArmRow,
  to: ArmRow,
  renamed: ReadonlyMap<string, string>,
): { readonly text: string; readonly score: number } | undefined {
  if (from.site.kind !== to.site.kind || from.def?.root !== to.def?.root) return undefined;
  const [old, now] = [localName(from.site.function), localName(to.site.function)];
  const samePackage = packageOfName(from.name) === packageOfName(to.name);
  if (!samePackage && old !== now) return undefined;
  const shared = likeness(from, to, renamed);
  if (shared >= leastLikeness) {
    const text = samePackage
      ? `renamed: ${old} is now ${now}`
      : `moved from package ${packageOfName(from.site.function)}`;
    return { text, score: 1 + shared };
  }
  if (from.def === undefined || from.def.lock !== to.def?.lock) return undefined;
  if (to.callers.includes(from.name)) return { text: `extracted from ${old}`, score: 0.5 };
  return from.callers.includes(to.name) ? { text: `${old} was put into ${now}`, score: 0.5 } : undefined;
}

/** Jaccard index of callers and callees, the base's under their new names. 0 when neither has any. */
function likeness(from: ArmRow, to: ArmRow, renamed: ReadonlyMap<string, string>): number {
  const tagged = (row: ArmRow, nameOf: (name: string) => string) =>
    new Set([...row.callers.map((name) => `<${nameOf(name)}`), ...row.callees.map((name) => `>${nameOf(name)}`)]);
  const before = tagged(from, (name) => renamed.get(name) ?? name);
  const after = tagged(to, (name) => name);
  const both = [...before].filter((name) => after.has(name)).length;
  const all = before.size + after.size - both;
  return all === 0 ? 0 : both / all;
}

/** The ratio, or at least its 95 % interval, allows for the same work: lock delays vary more than ×1.3 by themselves. */
function isSameWork(from: ArmRow, to: ArmRow): boolean {
  const estimate = hodgesLehmannRatio(from.values, to.values);
  return estimate !== undefined && estimate.low < sameWork && estimate.high > 1 / sameWork;
}
