import type { FlameNode } from './flame-node';

interface Place {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** What the mirror needs to know of a lock: its name and where code waits for it and releases it. */
export interface MirrorLock {
  readonly id: string;
  readonly name: string;
  readonly waitSites: readonly Place[];
  readonly holdSites: readonly Place[];
}

export interface MirrorColumn {
  readonly id: string;
  readonly name: string;
  readonly waited: number;
  readonly charged: number;
}

export interface Mirror {
  /** Root > one node per lock (wide as the larger side) > its sites > their callers. */
  readonly waiters: FlameNode;
  readonly holders: FlameNode;
  /** One a lock, in the order drawn: by the larger side, falling. */
  readonly columns: readonly MirrorColumn[];
  /** Value at sites that belong to no lock given: not drawn. */
  readonly unplaced: { readonly waited: number; readonly charged: number };
}

/**
 * Waiters and holders of the same locks on one scale: both trees have a node per lock at the same place.
 * Takes inverted trees without runtime frames, so that their first level holds the sites.
 */
export function mirrorTrees(waiters: FlameNode, holders: FlameNode, locks: readonly MirrorLock[]): Mirror {
  const waiting = bySite(waiters);
  const holding = bySite(holders);
  const drawn = locks
    .map((lock) => ({ lock, waits: taken(waiting, lock.waitSites), holds: taken(holding, lock.holdSites) }))
    .map((side) => ({ ...side, waited: sum(side.waits), charged: sum(side.holds) }))
    .filter(({ waited, charged }) => waited > 0 || charged > 0)
    .sort((a, b) => Math.max(b.waited, b.charged) - Math.max(a.waited, a.charged));
  const scale = drawn.reduce((total, { waited, charged }) => total + Math.max(waited, charged), 0);
  const root = (children: readonly FlameNode[]): FlameNode => ({ ...waiters, total: scale, self: 0, children });
  const column = ({ lock, waited, charged }: (typeof drawn)[number], children: readonly FlameNode[]): FlameNode => {
    const total = Math.max(waited, charged);
    return { name: lock.name, file: '', line: 0, id: lock.id, self: total - sum(children), total, merged: 0, children };
  };
  return {
    waiters: root(drawn.map((side) => column(side, side.waits))),
    holders: root(
      drawn.map((side) =>
        column(
          side,
          side.holds.map((node) => prefixIds(node, 'h')),
        ),
      ),
    ),
    columns: drawn.map(({ lock, waited, charged }) => ({ id: lock.id, name: lock.name, waited, charged })),
    unplaced: {
      waited: waiters.total - drawn.reduce((total, { waited }) => total + waited, 0),
      charged: holders.total - drawn.reduce((total, { charged }) => total + charged, 0),
    },
  };
}

/** A copy whose ids begin with `prefix`: two trees of one picture must not share ids. */
export function prefixIds(node: FlameNode, prefix: string): FlameNode {
  return { ...node, id: prefix + node.id, children: node.children.map((child) => prefixIds(child, prefix)) };
}

const keyOf = ({ file, line }: { file: string; line: number }, name: string) => `${name}\0${file}\0${line}`;

function bySite(root: FlameNode): Map<string, FlameNode> {
  return new Map(root.children.map((node) => [keyOf(node, node.name), node]));
}

// A site belongs to one lock: what is taken is gone, so nothing is drawn twice.
function taken(nodes: Map<string, FlameNode>, sites: readonly Place[]): FlameNode[] {
  return sites
    .flatMap((site) => {
      const key = keyOf(site, site.function);
      const node = nodes.get(key);
      nodes.delete(key);
      return node === undefined ? [] : [node];
    })
    .sort((a, b) => b.total - a.total);
}

const sum = (nodes: readonly FlameNode[]) => nodes.reduce((total, node) => total + node.total, 0);
