import type { FlameNode } from './flame-node';

/** One function summed over the tree. */
export interface FunctionRow {
  readonly name: string;
  readonly file: string;
  /** 0 = several lines. */
  readonly line: number;
  readonly self: number;
  /** Recursion counts once. */
  readonly total: number;
  readonly nodes: number;
  /** Id of its largest node. */
  readonly id: string;
}

export interface FunctionTable {
  readonly rows: readonly FunctionRow[];
  /** What stands in `other` nodes and so belongs to functions unknown here. */
  readonly merged: { readonly value: number; readonly nodes: number };
}

interface GrowingRow extends FunctionRow {
  self: number;
  total: number;
  nodes: number;
  line: number;
  id: string;
  largest: number;
}

/** The functions of a tree by total falling, ties by name. Σ self + merged.value = root.total. */
export function functionTable(root: FlameNode): FunctionTable {
  const rows = new Map<string, GrowingRow>();
  const merged = { value: 0, nodes: 0 };
  const open = new Set<string>();

  function visit(node: FlameNode): void {
    if (node.merged > 0) {
      merged.value += node.total;
      merged.nodes += node.merged;
      return;
    }
    const key = `${node.name}\0${node.file}`;
    const row = rows.get(key) ?? newRow(node);
    rows.set(key, row);
    row.self += node.self;
    row.nodes++;
    if (row.line !== node.line) row.line = 0;
    const outermost = !open.has(key);
    if (outermost) row.total += node.total;
    if (node.total > row.largest) {
      row.largest = node.total;
      row.id = node.id;
    }
    open.add(key);
    for (const child of node.children) visit(child);
    if (outermost) open.delete(key);
  }

  for (const child of root.children) visit(child);
  const sorted = [...rows.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  return { rows: sorted.map(({ largest: _, ...row }) => row), merged };
}

function newRow(node: FlameNode): GrowingRow {
  const { name, file, line, id } = node;
  return { name, file, line, self: 0, total: 0, nodes: 0, id, largest: -1 };
}
