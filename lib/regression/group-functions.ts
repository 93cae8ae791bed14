import { componentsOf } from './components';
import type { Judged } from './judge';
import { isOwnCode } from './names';
import { type PairedRow, shownRow } from './paired-row';
import type { Touched } from './touched';
import { touchedNames, touchedRank } from './touched-names';

/**
 * Groups CPU functions that changed, of one benchmark, along calls: one cause shows in all its callers and callees.
 * The culprit stands first: a function that the change touched or that calls one, then the program's own before
 * libraries, then what is new, then the larger ratio, which callers dilute; then the larger change.
 */
export function groupFunctions(changed: readonly Judged[], rows: readonly PairedRow[], touched: Touched): Judged[][] {
  const names = touchedNames(rows, touched);
  const ranks = new Map(
    changed.map((judged) => {
      const { row, estimate, change } = judged.tested;
      const worse = judged.verdict === 'improved' ? 0 : 1;
      const own = isOwnCode(shownRow(row)?.site.function ?? '', row.benchmark) ? 1 : 0;
      const ratio = estimate?.ratio ?? Number.POSITIVE_INFINITY;
      const distance = ratio > 0 ? Math.max(ratio, 1 / ratio) : Number.POSITIVE_INFINITY;
      return [judged, [touchedRank(row, names, rows), worse, own, distance, Math.abs(change)]];
    }),
  );
  return componentsOf(changed, isCall).map((component) =>
    component.sort((a, b) => compareRanks(ranks.get(b) ?? [], ranks.get(a) ?? [])),
  );
}

function isCall(a: Judged, b: Judged): boolean {
  const [first, second] = [a.tested.row, b.tested.row];
  if (first.benchmark !== second.benchmark) return false;
  const calls = (from: PairedRow, to: PairedRow) =>
    (['base', 'head'] as const).some((arm) => from[arm]?.callees.includes(to[arm]?.name ?? '') === true);
  return calls(first, second) || calls(second, first);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
