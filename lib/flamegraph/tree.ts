import type { FlameNode } from './flame-node';
import type { PathFrame } from './path-frame';
import { hashId, hashText, mixHash, type PathHash, rootHash } from './path-hash';

/** A node while the tree grows. `total` includes the children, `self` is what ended here. */
export interface GrowingNode {
  readonly name: string;
  readonly file: string;
  line: number;
  readonly hash: PathHash;
  self: number;
  total: number;
  readonly children: Map<number, GrowingNode>;
}

export function growRoot(name: string): GrowingNode {
  return { name, file: '', line: 0, hash: rootHash, self: 0, total: 0, children: new Map() };
}

/** Adds a path, outermost first, with its value; a node whose calls stand on several lines shows line 0. */
export function growPath(root: GrowingNode, path: readonly PathFrame[], value: number): void {
  root.total += value;
  let node = root;
  for (const frame of path) {
    let child = node.children.get(frame.key);
    if (child === undefined) {
      const hash = mixHash(node.hash, frame.hash);
      child = { name: frame.name, file: frame.file, line: frame.line, hash, self: 0, total: 0, children: new Map() };
      node.children.set(frame.key, child);
    } else if (child.line !== frame.line) {
      child.line = 0;
    }
    child.total += value;
    node = child;
  }
  node.self += value;
}

export interface TreeLimits {
  readonly maxNodes: number;
  /** Nodes below this share of the root are merged even when there is room for them. */
  readonly minShare: number;
}

export interface TrimmedTree {
  readonly root: FlameNode;
  /** What stands in nodes called `other`, and how many nodes went into them, their descendants included. */
  readonly trimmed: { readonly value: number; readonly nodes: number };
}

/**
 * The largest `maxNodes` nodes; what is left of a node's children becomes one child `other` that counts them
 * (`merged`) and keeps their value, so totals hold on every level: Σ children + self = total.
 * Children come by total falling, ties by name and line, `other` last.
 */
export function trimTree(root: GrowingNode, { maxNodes, minShare }: TreeLimits): TrimmedTree {
  const kept = largestNodes(root, maxNodes, minShare * root.total);
  const trimmed = { value: 0, nodes: 0 };

  function finish(node: GrowingNode): FlameNode {
    const children: FlameNode[] = [];
    let value = 0;
    let siblings = 0;
    for (const child of node.children.values()) {
      if (kept.has(child)) {
        children.push(finish(child));
      } else {
        value += child.total;
        siblings++;
        trimmed.nodes += countNodes(child);
      }
    }
    children.sort((a, b) => b.total - a.total || compare(a.name, b.name) || a.line - b.line || compare(a.id, b.id));
    if (siblings > 0) {
      trimmed.value += value;
      const id = hashId(mixHash(node.hash, otherHash));
      children.push({
        name: 'other',
        file: '',
        line: 0,
        id,
        self: value,
        total: value,
        merged: siblings,
        children: [],
      });
    }
    const { name, file, line, self, total } = node;
    return { name, file, line, id: hashId(node.hash), self, total, merged: 0, children };
  }

  return { root: finish(root), trimmed };
}

const otherHash = hashText('\0other');
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

// A child is never larger than its parent, so the largest nodes, parents first among equals, hang together.
function largestNodes(root: GrowingNode, maxNodes: number, least: number): Set<GrowingNode> {
  const nodes = [root];
  for (let at = 0; at < nodes.length; at++) {
    for (const child of nodes[at]?.children.values() ?? []) if (child.total >= least) nodes.push(child);
  }
  if (nodes.length <= maxNodes) return new Set(nodes);
  const totals = Float64Array.from(nodes, ({ total }) => total).sort();
  const border = totals[totals.length - Math.max(1, maxNodes)] ?? 0;
  const kept = new Set(nodes.filter(({ total }) => total > border));
  kept.add(root);
  for (const node of nodes) if (node.total === border && kept.size < maxNodes) kept.add(node);
  return kept;
}

function countNodes(node: GrowingNode): number {
  let count = 0;
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    count++;
    for (const child of next.children.values()) open.push(child);
  }
  return count;
}
