import { type PairedRow, shownRow } from './paired-row';
import { isTouched, type Touched } from './touched';

/** Functions, by matching name, in which the change touched a line, as far as the head's profiles know their places. */
export function touchedNames(rows: readonly PairedRow[], touched: Touched): ReadonlySet<string> {
  if (touched.length === 0) return new Set();
  return new Set(
    rows.flatMap((row) => {
      const shown = row.head;
      if (shown === undefined || row.source === 'time') return [];
      const startLine = shown.def?.startLine ?? shown.site.line;
      return isTouched(shown.site, startLine, touched) ? [shown.name] : [];
    }),
  );
}

/** 2 = the function was changed, 1 = it calls one that was (as CPU profiles know calls), 0 = neither. */
export function touchedRank(row: PairedRow, changed: ReadonlySet<string>, rows: readonly PairedRow[]): 0 | 1 | 2 {
  const name = shownRow(row)?.name ?? '';
  if (changed.has(name)) return 2;
  const calls = rows.some(
    (other) =>
      other.source === 'cpu' && other.head?.name === name && other.head.callees.some((one) => changed.has(one)),
  );
  return calls ? 1 : 0;
}
