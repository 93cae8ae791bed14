import { groupBy } from '@/lib/group-by';
import type { ArmTable } from './arm-table';
import type { Comparison, Unit } from './comparison';
import { movedPackages, underOldPackages } from './moved-packages';
import { matchingBenchmark } from './names';
import { pairTables } from './pair';
import type { PairedRow } from './paired-row';
import type { Run } from './run';
import { tabulateArm } from './tabulate';

/** Every site of both arms with its partner; what only one arm measured at all is counted, for it has none. */
export function pairArms(
  base: readonly Run[],
  head: readonly Run[],
  unit: Unit,
): { readonly rows: readonly PairedRow[]; readonly leftOut: Comparison['leftOut'] } {
  const before = tabulateArm(base, unit);
  const after = tabulateArm(head, unit);
  const moved = movedPackages(before, after);
  const keyOf = ({ source, benchmark }: ArmTable) =>
    `${source}\0${benchmark === null ? '' : matchingBenchmark(benchmark, moved)}`;
  const bases = new Map(before.map((table) => [keyOf(table), table]));
  const heads = new Map(underOldPackages(after, moved).map((table) => [keyOf(table), table]));
  const rows: PairedRow[] = [];
  const alone: string[] = [];
  for (const key of [...new Set([...heads.keys(), ...bases.keys()])].sort()) {
    const [from, to] = [bases.get(key), heads.get(key)];
    if (from !== undefined && to !== undefined) rows.push(...pairTables(from, to));
    const only = from === undefined ? to : to === undefined ? from : undefined;
    const side = from === undefined ? 'head' : 'base';
    for (const _ of only?.rows ?? []) alone.push(`measured only in the ${side}`);
  }
  const counted = groupBy(alone, (reason) => reason);
  return { rows, leftOut: [...counted].map(([reason, of]) => ({ reason, sites: of.length })) };
}
