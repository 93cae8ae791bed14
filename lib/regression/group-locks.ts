import { componentsOf } from './components';
import type { Judged } from './judge';
import type { LockRows } from './lock-rows';
import { isStandardLibrary } from './names';
import { besideOf, type PairedRow, shownRow, valuesOf } from './paired-row';
import { median } from './stats/spread';
import type { Touched } from './touched';
import { touchedNames, touchedRank } from './touched-names';

/** A lock that changed, with its rows that did. */
export interface LockNode {
  readonly lock: LockRows;
  /** Primary rows with a change, the largest first; not empty. */
  readonly changed: readonly Judged[];
}

/** Locks whose changes have one cause. */
export interface LockGroup {
  readonly culprit: LockNode;
  /** Their contention was displaced by the culprit's change. */
  readonly displaced: readonly LockNode[];
}

/** Head runs of two sites that rise and fall together are of one lock or one queue. */
const sameQueue = 0.85;

/**
 * Groups locks that changed together and names the culprit. Connected are locks of one benchmark (a closed loop shares
 * its waiting out), locks that are waited for or released under a common caller, nested ones, and such whose head runs
 * correlate with r ≥ 0.85. First comes what the change touched (2) or calls (1), when that is known: no other evidence
 * is as near to the cause; then worse before better; then contentions and mean wait both up; then the larger change.
 */
export function groupLocks(nodes: readonly LockNode[], rows: readonly PairedRow[], touched: Touched): LockGroup[] {
  const changedNames = touchedNames(rows, touched);
  const ranks = new Map(
    nodes.map((node) => {
      const near = [...node.lock.waits, ...node.lock.holds].map((row) => touchedRank(row, changedNames, rows));
      return [node, [Math.max(0, ...near), isWorse(node) ? 1 : 0, bothUp(node) ? 1 : 0, sizeOf(node)]];
    }),
  );
  return componentsOf(nodes, isConnected).flatMap((component): LockGroup[] => {
    const [culprit, ...others] = component.sort((a, b) => compareRanks(ranks.get(b) ?? [], ranks.get(a) ?? []));
    if (culprit === undefined) return [];
    // What the change touched itself needs no other cause.
    const own = others.filter((node) => (ranks.get(node)?.[0] ?? 0) === 2);
    const displaced = others.filter((node) => !own.includes(node));
    return [{ culprit, displaced }, ...own.map((node) => ({ culprit: node, displaced: [] }))];
  });
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function isWorse({ changed }: LockNode): boolean {
  return changed.some(({ verdict }) => verdict !== 'improved');
}

function sizeOf({ changed }: LockNode): number {
  return Math.abs(changed.reduce((sum, { tested }) => sum + tested.change, 0));
}

/** More waits, and longer ones: the lock itself is held longer or more often. */
function bothUp({ changed }: LockNode): boolean {
  return changed.some(({ tested: { row } }) => {
    const of = (arm: 'base' | 'head') => ({
      delay: median(valuesOf(row, arm)) ?? 0,
      count: median(besideOf(row, arm)) ?? 0,
    });
    const [base, head] = [of('base'), of('head')];
    return head.count > base.count && head.delay * base.count > base.delay * head.count;
  });
}

function isConnected(a: LockNode, b: LockNode): boolean {
  if (a.lock.benchmark !== b.lock.benchmark) return false;
  if (a.lock.benchmark !== null) return true;
  const [first, second] = [pathsOf(a), pathsOf(b)];
  const meets = (left: ReadonlySet<string>, right: ReadonlySet<string>) => [...left].some((name) => right.has(name));
  return (
    meets(first.callers, second.callers) ||
    meets(first.callers, second.functions) ||
    meets(first.functions, second.callers) ||
    correlation(headSeries(a), headSeries(b)) >= sameQueue
  );
}

function pathsOf({ lock }: LockNode): { callers: ReadonlySet<string>; functions: ReadonlySet<string> } {
  const shown = [...lock.waits, ...lock.holds].flatMap((row) => shownRow(row) ?? []);
  return {
    // Every handler is called by the same server: libraries lead anywhere.
    callers: new Set(shown.flatMap(({ callers }) => callers.filter((name) => !isStandardLibrary(name)))),
    functions: new Set(shown.map(({ name }) => name)),
  };
}

function headSeries({ changed }: LockNode): readonly number[] {
  const [first] = changed;
  return first === undefined ? [] : first.tested.head;
}

/** Pearson's r; 0 of fewer than five pairs or of constants. */
function correlation(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || a.length < 5) return 0;
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [centred(a), centred(b)];
  const dot = (left: readonly number[], right: readonly number[]) =>
    left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0);
  const scale = Math.sqrt(dot(x, x) * dot(y, y));
  return scale > 0 ? dot(x, y) / scale : 0;
}
