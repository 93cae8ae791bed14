import type { Profile } from '@/lib/profile/profile';
import type { FlameNode } from './flame-node';
import { valuedPaths } from './fold';
import type { PathFrame } from './path-frame';
import { hashId, hashText } from './path-hash';
import { type GrowingNode, growPath, growRoot, type TreeLimits, trimTree } from './tree';

/** Both sides of one node, each in the unit that its scale gives. */
export interface FlameChange {
  readonly base: number;
  readonly head: number;
}

export interface FoldedDiff {
  /** Widths are the larger side, stack by stack: what is gone keeps its place. */
  readonly root: FlameNode;
  /** By node id. A merged `other` has what its siblings had. */
  readonly changes: Readonly<Record<string, FlameChange>>;
  readonly trimmed: { readonly value: number; readonly nodes: number };
}

/** A profile, the column that is compared, and what its values are multiplied by (1 / seconds, 1 / operations). */
export interface DiffSide {
  readonly profile: Profile;
  readonly valueIndex: number;
  readonly scale: number;
}

/**
 * Folds two profiles into one tree by function names: lines move from build to build, functions seldom. For every
 * node base and head are told; Σ children + self = node holds for each of the two and for the widths. O(stacks).
 */
export function foldDiff(base: DiffSide, head: DiffSide, limits: TreeLimits): FoldedDiff {
  const keys = new Map<string, number>();
  const stacks = new Map<string, { readonly path: readonly PathFrame[]; base: number; head: number }>();
  for (const [side, { profile, valueIndex, scale }] of [['base', base] as const, ['head', head] as const]) {
    for (const { path, value } of valuedPaths(profile, valueIndex)) {
      const named = path.map((frame) => byName(frame, keys));
      const key = named.map((frame) => frame.key).join(' ');
      const stack = stacks.get(key) ?? { path: named, base: 0, head: 0 };
      stack[side] += value * scale;
      stacks.set(key, stack);
    }
  }
  const trees = { width: growRoot('root'), base: growRoot('root'), head: growRoot('root') };
  for (const stack of stacks.values()) {
    growPath(trees.width, stack.path, Math.max(stack.base, stack.head));
    growPath(trees.base, stack.path, stack.base);
    growPath(trees.head, stack.path, stack.head);
  }
  const { root, trimmed } = trimTree(trees.width, limits);
  const totals = { base: totalsById(trees.base), head: totalsById(trees.head) };
  const changes: Record<string, FlameChange> = {};
  annotate(root, totals, changes);
  return { root, changes, trimmed };
}

function byName(frame: PathFrame, keys: Map<string, number>): PathFrame {
  const key = keys.get(frame.name) ?? keys.size;
  keys.set(frame.name, key);
  return { ...frame, key, line: 0, byLine: false, hash: hashText(frame.name) };
}

function totalsById(root: GrowingNode): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    totals.set(hashId(node.hash), node.total);
    for (const child of node.children.values()) open.push(child);
  }
  return totals;
}

type Totals = Readonly<Record<'base' | 'head', ReadonlyMap<string, number>>>;

function annotate(node: FlameNode, totals: Totals, changes: Record<string, FlameChange>): FlameChange {
  const own: FlameChange = { base: totals.base.get(node.id) ?? 0, head: totals.head.get(node.id) ?? 0 };
  changes[node.id] = own;
  const named = node.children.filter(({ merged }) => merged === 0);
  const sum = { base: 0, head: 0 };
  for (const child of named) {
    const part = annotate(child, totals, changes);
    sum.base += part.base;
    sum.head += part.head;
  }
  // What is left is the merged child's and what ended here; with a merged child nothing tells the two apart but its width.
  const other = node.children.find(({ merged }) => merged > 0);
  if (other !== undefined) {
    const share = other.total / Math.max(other.total + node.self, Number.MIN_VALUE);
    changes[other.id] = { base: (own.base - sum.base) * share, head: (own.head - sum.head) * share };
  }
  return own;
}
