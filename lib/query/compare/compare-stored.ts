import { compareRuns } from '@/lib/regression/compare';
import type { Comparison } from '@/lib/regression/comparison';
import type { CompareOptions } from '@/lib/regression/options';
import type { Note } from '@/lib/store/port';
import type { Coverage } from '../result';
import type { SampleReads, Scope } from '../scope';
import { fingerprintOf, type StoredArm, storedArm } from './stored-arm';

/** Two selections of one service side by side. */
export interface StoredComparison {
  /** undefined = one of the selections holds no window: nothing was compared. */
  readonly comparison: Comparison | undefined;
  readonly base: StoredSide;
  readonly head: StoredSide;
  readonly notes: readonly Note[];
}

/** A selection, and who reports in it. */
export interface Covered {
  readonly scope: Scope;
  readonly coverage: Coverage;
}

export interface StoredSide extends Covered {
  readonly arm: StoredArm;
}

/** Shares of the shorter range that both must have in common to count as measured at the same time. */
const sameTimeShare = 0.8;
/** Fewer pods of a canary cannot be told from chance (docs/regression.md). */
const leastCanaryPods = 3;

/**
 * Compares two selections of stored windows, each with what `queryLocks` told of who reports in it: goroutines waiting,
 * one pod in one window a run. Unless both were measured at the same time on at least three pods each, other things
 * than the code may have changed, and no verdict goes beyond suspicious. Throws what the store throws, and
 * `regression.fingerprint`.
 */
export async function compareStored(
  store: SampleReads,
  service: string,
  sides: Readonly<Record<'base' | 'head', Covered>>,
  options: Omit<CompareOptions, 'stored'>,
): Promise<StoredComparison> {
  const sideOf = async (side: Covered): Promise<StoredSide> => ({
    ...side,
    arm: await storedArm(store, service, side.scope),
  });
  const [base, head] = await Promise.all([sideOf(sides.base), sideOf(sides.head)]);
  const notes = [...base.arm.notes, ...head.arm.notes];
  if (base.arm.runs.length === 0 || head.arm.runs.length === 0) return { comparison: undefined, base, head, notes };
  const canary = sameTime(base.scope, head.scope) && Math.min(base.arm.pods, head.arm.pods) >= leastCanaryPods;
  const comparison = compareRuns(armOf(base), armOf(head), { ...options, stored: !canary });
  return { comparison, base, head, notes };
}

function armOf({ arm, coverage }: StoredSide) {
  return { runs: arm.runs, fingerprint: fingerprintOf(coverage.sampling) };
}

function sameTime(a: Scope, b: Scope): boolean {
  const common = Math.min(a.range.to, b.range.to) - Math.max(a.range.from, b.range.from);
  const shorter = Math.min(a.range.to - a.range.from, b.range.to - b.range.from);
  return common >= sameTimeShare * shorter;
}
