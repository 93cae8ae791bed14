import type { ArmRow, Source } from './arm-table';

/** A site as both arms have it, before it is judged. */
export interface PairedRow {
  readonly source: Source;
  readonly benchmark: string | null;
  /** undefined = the arm never had it. */
  readonly base: ArmRow | undefined;
  readonly head: ArmRow | undefined;
  /** Numbers, among the arm's runs, of those that measured it: one for each value. */
  readonly baseRuns: readonly number[];
  readonly headRuns: readonly number[];
  /** How the base's site was found again under another name or place; null = by its own. */
  readonly matchedBy: string | null;
  /** True when that is a guess by likeness: no regression is claimed of it. */
  readonly guessed: boolean;
}

/** The row as people know it now: the head's, of what is gone the base's. */
export function shownRow(row: PairedRow): ArmRow | undefined {
  return row.head ?? row.base;
}

/** Values of an arm in run order, zeros where it never had the site. */
export function valuesOf(row: PairedRow, arm: 'base' | 'head'): readonly number[] {
  return row[arm]?.values ?? zeros(runsOfArm(row, arm).length);
}

/** Contentions per unit, of CPU self time; see `ArmRow.beside`. */
export function besideOf(row: PairedRow, arm: 'base' | 'head'): readonly number[] {
  return row[arm]?.beside ?? zeros(runsOfArm(row, arm).length);
}

export function runsOfArm(row: PairedRow, arm: 'base' | 'head'): readonly number[] {
  return arm === 'base' ? row.baseRuns : row.headRuns;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
