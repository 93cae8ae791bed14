import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileOfStacks } from '@/tests/support/profile-of-stacks';
import type { FlameNode } from './flame-node';
import { type FoldedDiff, foldDiff } from './fold-diff';

const all = { maxNodes: 1e6, minShare: 0 };
const side = (text: string, scale = 1) => ({ profile: profileOfStacks(text), valueIndex: 0, scale });

function printDiff({ root, changes }: FoldedDiff, node: FlameNode = root, indent = ''): string[] {
  const { base, head } = changes[node.id] ?? { base: Number.NaN, head: Number.NaN };
  return [
    `${indent}${node.name} ${base} → ${head}, width ${node.total}`,
    ...node.children.flatMap((child) =>
      printDiff({ root, changes, trimmed: { value: 0, nodes: 0 } }, child, `${indent}  `),
    ),
  ];
}

test('both sides stand on one tree: what grew, what is new, what is gone', () => {
  const base = side('main.a a.go:1 ; main.get g.go:4 = 10\nmain.old o.go:1 = 6', 0.5);
  const head = side('main.a a.go:9 ; main.get g.go:7 = 40\nmain.new n.go:1 = 2');
  expect(printDiff(foldDiff(base, head, all))).toEqual([
    'root 8 → 42, width 45',
    '  main.a 5 → 40, width 40',
    '    main.get 5 → 40, width 40',
    '  main.old 3 → 0, width 3',
    '  main.new 0 → 2, width 2',
  ]);
});

const stack = fc.record({
  frames: fc.array(fc.constantFrom('main.a a.go:1', 'main.b b.go:2', 'main.c c.go:3'), { minLength: 1, maxLength: 5 }),
  value: fc.integer({ min: 1, max: 100 }),
});
const profileText = fc
  .array(stack, { minLength: 1, maxLength: 12 })
  .map((list) => list.map(({ frames, value }) => `${frames.join(' ; ')} = ${value}`).join('\n'));

test('a profile against itself changes nowhere', () => {
  fc.assert(
    fc.property(profileText, (text) => {
      const { changes } = foldDiff(side(text), side(text), all);
      for (const { base, head } of Object.values(changes)) expect(head).toBe(base);
    }),
  );
});

test('swapping the sides swaps every change and keeps the picture', () => {
  fc.assert(
    fc.property(profileText, profileText, (a, b) => {
      const there = foldDiff(side(a), side(b), all);
      const back = foldDiff(side(b), side(a), all);
      expect(back.root).toEqual(there.root);
      for (const [id, { base, head }] of Object.entries(there.changes))
        expect(back.changes[id]).toEqual({ base: head, head: base });
    }),
  );
});

test('children never have more than their parent, on either side', () => {
  fc.assert(
    fc.property(profileText, profileText, fc.integer({ min: 1, max: 12 }), (a, b, maxNodes) => {
      const { root, changes } = foldDiff(side(a), side(b), { maxNodes, minShare: 0 });
      const check = (node: FlameNode): void => {
        const own = changes[node.id];
        for (const key of ['base', 'head'] as const) {
          const sum = node.children.reduce((total, child) => total + (changes[child.id]?.[key] ?? Number.NaN), 0);
          expect(sum).toBeLessThanOrEqual((own?.[key] ?? Number.NaN) + 1e-9);
        }
        node.children.forEach(check);
      };
      check(root);
    }),
  );
});
