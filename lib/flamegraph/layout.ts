import type { FlameNode } from './flame-node';

/** A node's place: x and width as shares 0..1 of the root, depth 0 for the root. */
export interface Box {
  readonly node: FlameNode;
  readonly depth: number;
  readonly x: number;
  readonly width: number;
  readonly parent: string | undefined;
  /** Position among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
}

/** Boxes by id, parents before children, left to right. Children start where their parent starts. */
export function layoutTree(root: FlameNode): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const scale = root.total > 0 ? 1 / root.total : 0;
  const queue: Box[] = [{ node: root, depth: 0, x: 0, width: 1, parent: undefined, position: 1, siblings: 1 }];
  for (let at = 0; at < queue.length; at++) {
    const box = queue[at];
    if (box === undefined) break;
    boxes.set(box.node.id, box);
    let x = box.x;
    box.node.children.forEach((child, index) => {
      const width = child.total * scale;
      const siblings = box.node.children.length;
      queue.push({ node: child, depth: box.depth + 1, x, width, parent: box.node.id, position: index + 1, siblings });
      x += width;
    });
  }
  return boxes;
}

/** Deepest level of the tree; 0 for a root alone. */
export function treeDepth(boxes: ReadonlyMap<string, Box>): number {
  let depth = 0;
  for (const box of boxes.values()) depth = Math.max(depth, box.depth);
  return depth;
}

export type Move = 'caller' | 'callee' | 'next' | 'previous' | 'first' | 'last';

/** The node one step away; the node itself where there is none. `callee` goes to the widest child. */
export function moveFrom(boxes: ReadonlyMap<string, Box>, id: string, move: Move): string {
  const box = boxes.get(id);
  if (box === undefined) return id;
  const level = box.parent === undefined ? [box.node] : (boxes.get(box.parent)?.node.children ?? []);
  switch (move) {
    case 'caller':
      return box.parent ?? id;
    case 'callee':
      return box.node.children[0]?.id ?? id;
    case 'next':
      return level[box.position]?.id ?? id;
    case 'previous':
      return level[box.position - 2]?.id ?? id;
    case 'first':
      return level[0]?.id ?? id;
    case 'last':
      return level.at(-1)?.id ?? id;
  }
}

/** Names from the root's child down to the node. */
export function pathTo(boxes: ReadonlyMap<string, Box>, id: string): readonly FlameNode[] {
  const path: FlameNode[] = [];
  for (let box = boxes.get(id); box?.parent !== undefined; box = boxes.get(box.parent)) path.push(box.node);
  return path.reverse();
}
