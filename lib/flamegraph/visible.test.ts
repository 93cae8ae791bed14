import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlameNode } from './flame-node';
import { layoutTree } from './layout';
import { drawnParts, idsTo, realId, visibleTree } from './visible';

const tree = fc.letrec<{ node: FlameNode }>((tie) => ({
  node: fc
    .record({
      self: fc.integer({ min: 1, max: 500 }),
      id: fc.uuid(),
      children: fc.oneof({ maxDepth: 4 }, fc.constant<FlameNode[]>([]), fc.array(tie('node'), { maxLength: 5 })),
    })
    .map(({ self, id, children }) => ({
      name: 'f',
      file: '',
      line: 0,
      id,
      self,
      merged: 0,
      total: children.reduce((sum, child) => sum + child.total, self),
      children,
    })),
})).node;

test('law: totals and places hold, and nothing that could be seen is merged', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.constantFrom(0, 0.01, 0.2), (root, pick, minShare) => {
      const boxes = layoutTree(root);
      const zoom = [...boxes.values()][pick % boxes.size]?.node ?? root;
      const path = idsTo((id) => boxes.get(id)?.parent, zoom.id);
      const seen = visibleTree(root, zoom, path, minShare);
      const places = layoutTree(seen);
      for (const id of path) expect(places.has(id)).toBe(true);
      for (const [id, box] of places) {
        const real = boxes.get(id);
        if (real === undefined) {
          expect(box.node.merged).toBeGreaterThan(0);
          expect(boxes.has(realId(id))).toBe(true);
        } else {
          expect(box.x).toBeCloseTo(real.x, 9);
          expect(box.width).toBeCloseTo(real.width, 9);
        }
        const children = box.node.children.reduce((sum, child) => sum + child.total, 0);
        expect(children).toBeLessThanOrEqual(box.node.total);
      }
      const inside = [...boxes.values()].filter(({ node }) => node.total >= zoom.total * minShare);
      for (const { node, parent } of inside) {
        if (parent === undefined || places.has(parent)) expect(places.has(node.id)).toBe(true);
      }
    }),
  );
});

test('a small tree is drawn as it is, a large one for every zoom anew', () => {
  const leaf = (id: string, total: number): FlameNode => ({
    name: id,
    file: '',
    line: 0,
    id,
    self: total,
    total,
    merged: 0,
    children: [],
  });
  const root = { ...leaf('root', 0), total: 1000, children: [leaf('wide', 990), leaf('a', 6), leaf('b', 4)] };
  expect(drawnParts(root, 4, 0.01)('wide')).toBe(root);
  const partOf = drawnParts(root, 3, 0.01);
  expect(partOf(undefined).children.map(({ name, total, merged }) => [name, total, merged])).toEqual([
    ['wide', 990, 0],
    ['other', 10, 2],
  ]);
  expect(partOf('a').children.map(({ name }) => name)).toEqual(['wide', 'a', 'b']);
  expect(partOf('gone').children.map(({ name }) => name)).toEqual(['wide', 'other']);
});
