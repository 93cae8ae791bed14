import { groupBy } from '@/lib/group-by';
import type { ArmRow, ArmTable } from './arm-table';
import { renamedPairs } from './match';
import { localName, matchingName, packageOfName, withoutClosureNumbers } from './names';
import type { PairedRow } from './paired-row';

interface Pair {
  readonly base: ArmRow;
  readonly head: ArmRow;
  readonly matchedBy: string | null;
  readonly guessed: boolean;
}

/** Share of its profile below which a site without a partner is not looked for under another name. */
const leastRenamed = 0.005;

/**
 * Finds each site of the base again in the head: by kind, function and place; then, of what is left, by function and
 * the order of its lines, by function under another lock operation, by closures numbered anew, and by likeness
 * (`renamedPairs`). A row stands in one pair at most; rows without a partner are new or gone. Order: that of the head's
 * rows, then what is gone.
 */
export function pairTables(base: ArmTable, head: ArmTable): PairedRow[] {
  const pairs: Pair[] = [];
  const left = { base: new Set(base.rows), head: new Set(head.rows) };
  const take = (pair: Pair) => {
    left.base.delete(pair.base);
    left.head.delete(pair.head);
    pairs.push(pair);
  };
  const step = (keyOf: (row: ArmRow) => string, told: (from: ArmRow, to: ArmRow) => string | null | undefined) => {
    const bases = groupBy(left.base, keyOf);
    for (const [key, heads] of groupBy(left.head, keyOf)) {
      for (const [from, to] of alignedRows(bases.get(key) ?? [], heads)) {
        const matchedBy = told(from, to);
        if (matchedBy !== undefined) take({ base: from, head: to, matchedBy, guessed: false });
      }
    }
  };
  step((row) => [row.site.kind, row.name, row.def?.root].join('\0'), lineMoved);
  step((row) => row.name, kindChanged);
  step((row) => [row.site.kind, withoutClosureNumbers(row.name)].join('\0'), closureMoved);
  const weighty = (table: ArmTable, rows: ReadonlySet<ArmRow>) => {
    const total = table.rows.reduce((sum, row) => sum + weightOf(row, table.source === 'cpu' ? 'beside' : 'values'), 0);
    return [...rows].filter((row) => weightOf(row, 'values') >= leastRenamed * total);
  };
  for (const { from, to, because } of renamedPairs(weighty(base, left.base), weighty(head, left.head), pairs))
    take({ base: from, head: to, matchedBy: because, guessed: true });
  return inHeadOrder(base, head, pairs);
}

/**
 * Rows of one function that belong together. As many on both sides: in order of their lines, which edits above them
 * move alike. Else those at the same place, then the heaviest of what is left, in order of their lines.
 */
function alignedRows(bases: readonly ArmRow[], heads: readonly ArmRow[]): (readonly [ArmRow, ArmRow])[] {
  if (bases.length === heads.length) return zip(inLineOrder(bases), inLineOrder(heads));
  const same = heads.flatMap((to) => {
    const from = bases.find((row) => row.place === to.place);
    return from === undefined ? [] : [[from, to] as const];
  });
  const restBase = bases.filter((row) => !same.some(([from]) => from === row));
  const restHead = heads.filter((row) => !same.some(([, to]) => to === row));
  const count = Math.min(restBase.length, restHead.length);
  return [...same, ...zip(inLineOrder(heaviest(restBase, count)), inLineOrder(heaviest(restHead, count)))];
}

function zip(bases: readonly ArmRow[], heads: readonly ArmRow[]): (readonly [ArmRow, ArmRow])[] {
  return heads.flatMap((to, i) => {
    const from = bases[i];
    return from === undefined ? [] : [[from, to] as const];
  });
}

function inLineOrder(rows: readonly ArmRow[]): ArmRow[] {
  return [...rows].sort((a, b) => a.site.line - b.site.line || (a.site.function < b.site.function ? -1 : 1));
}

function heaviest(rows: readonly ArmRow[], count: number): ArmRow[] {
  const weight = (row: ArmRow) => weightOf(row, 'values');
  return [...rows].sort((a, b) => weight(b) - weight(a) || a.site.line - b.site.line).slice(0, count);
}

function weightOf(row: ArmRow, column: 'values' | 'beside'): number {
  return row[column].reduce((sum, value) => sum + value, 0);
}

function lineMoved(from: ArmRow, to: ArmRow): string | null {
  if (from.place !== to.place) return `the same function, line ${from.place} is now ${to.place}`;
  const [old, now] = [from.site.function, to.site.function].map((name) => packageOfName(matchingName(name)));
  return old === now ? null : `package ${old} is now ${now}`;
}

/** undefined: two operations on one kind of lock, `Unlock` and `RUnlock`, do not stand in for each other. */
function kindChanged(from: ArmRow, to: ArmRow): string | undefined {
  if (from.site.kind === to.site.kind) return 'the same function, called from elsewhere';
  if (from.def?.family === to.def?.family) return undefined;
  return `the same function, ${from.site.kind} is now ${to.site.kind}`;
}

function closureMoved(from: ArmRow, to: ArmRow): string {
  return `closure ${localName(from.site.function)} is now ${localName(to.site.function)}`;
}

function inHeadOrder(base: ArmTable, head: ArmTable, pairs: readonly Pair[]): PairedRow[] {
  const byHead = new Map(pairs.map((pair) => [pair.head, pair]));
  const paired = new Set(pairs.map((pair) => pair.base));
  const shared = {
    source: head.source,
    benchmark: head.benchmark,
    baseRuns: base.runs,
    headRuns: head.runs,
  };
  const fresh = { matchedBy: null, guessed: false };
  return [
    ...head.rows.map((row): PairedRow => ({ ...shared, base: undefined, ...fresh, ...byHead.get(row), head: row })),
    ...base.rows
      .filter((row) => !paired.has(row))
      .map((row): PairedRow => ({ ...shared, base: row, head: undefined, ...fresh })),
  ];
}
