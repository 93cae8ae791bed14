import type { FlameNode } from './flame-node';
import { type Box, layoutTree, type Move, moveFrom } from './layout';

/** One picture: a tree that grows down, and above it, when there is one, a tree that grows up from the same root. */
export interface Forest {
  readonly down: ReadonlyMap<string, Box>;
  readonly up: ReadonlyMap<string, Box> | undefined;
  readonly rootId: string;
}

export function layoutForest(down: FlameNode, up: FlameNode | undefined): Forest {
  return { down: layoutTree(down), up: up === undefined ? undefined : layoutTree(up), rootId: down.id };
}

/** The box of a node in either tree; a node of both (the root, a lock) is the one that grows down. */
export function boxOf(forest: Forest, id: string): Box | undefined {
  return forest.down.get(id) ?? forest.up?.get(id);
}

export type Arrow = 'up' | 'down' | 'left' | 'right' | 'home' | 'end';

/** Where an arrow key leads on screen; the node itself at an edge. */
export function arrowFrom(forest: Forest, id: string, arrow: Arrow): string {
  const inUp = !forest.down.has(id);
  const boxes = inUp ? forest.up : forest.down;
  if (boxes === undefined) return id;
  if (!inUp && arrow === 'up' && forest.up !== undefined) {
    // From the middle upwards the other tree begins.
    const there = forest.up.get(id);
    if (there !== undefined) return moveFrom(forest.up, id, 'callee');
  }
  return moveFrom(boxes, id, moves[inUp ? 'up' : 'down'][arrow]);
}

const sideways = { left: 'previous', right: 'next', home: 'first', end: 'last' } as const;
const moves: Readonly<Record<'up' | 'down', Readonly<Record<Arrow, Move>>>> = {
  down: { ...sideways, up: 'caller', down: 'callee' },
  up: { ...sideways, up: 'callee', down: 'caller' },
};
