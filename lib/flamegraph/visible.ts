import type { FlameNode } from './flame-node';
import { layoutTree } from './layout';

/** Ends the id of a node that stands for neighbours too narrow to be drawn; what comes before is their parent's id. */
const narrowMark = '~';

/** Ids from the root down to a node, both included, by the parent of each. */
export function idsTo(parentOf: (id: string) => string | undefined, id: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = parentOf(at)) ids.add(at);
  return ids;
}

/**
 * The part of a tree that can be seen while `zoom` fills the width: neighbours narrower than `minShare` of what is
 * shown become one node that counts them, at the same place and as wide as they are together. Totals hold.
 * `path` holds the ids from the root to `zoom`; they are always kept.
 */
export function visibleTree(root: FlameNode, zoom: FlameNode, path: ReadonlySet<string>, minShare: number): FlameNode {
  const least = zoom.total * minShare;

  function visit(node: FlameNode): FlameNode {
    const children: FlameNode[] = [];
    let narrow: { merged: number; total: number } | undefined;
    const close = () => {
      if (narrow === undefined) return;
      const { merged, total } = narrow;
      const id = `${node.id}${narrowMark}${children.length}`;
      children.push({ name: 'other', file: '', line: 0, id, self: total, total, merged, children: [] });
      narrow = undefined;
    };
    for (const child of node.children) {
      if (child.total >= least || path.has(child.id)) {
        close();
        children.push(visit(child));
      } else {
        const before: { merged: number; total: number } = narrow ?? { merged: 0, total: 0 };
        narrow = { merged: before.merged + Math.max(1, child.merged), total: before.total + child.total };
      }
    }
    close();
    return { ...node, children };
  }

  return visit(root);
}

/**
 * What to draw of a tree for every zoom: the tree itself while it has at most `few` nodes, the same object every
 * time; of a larger one what is wider than `minShare` of the zoomed node. An unknown zoom shows the whole.
 */
export function drawnParts(root: FlameNode, few: number, minShare: number): (zoom: string | undefined) => FlameNode {
  const boxes = layoutTree(root);
  if (boxes.size <= few) return () => root;
  return (zoom) => {
    const zoomed = (zoom === undefined ? undefined : boxes.get(zoom)?.node) ?? root;
    return visibleTree(
      root,
      zoomed,
      idsTo((id) => boxes.get(id)?.parent, zoomed.id),
      minShare,
    );
  };
}

/** The id to act on when a drawn node is chosen: a node of narrow neighbours stands for their parent. */
export function realId(id: string): string {
  const at = id.indexOf(narrowMark);
  return at < 0 ? id : id.slice(0, at);
}
