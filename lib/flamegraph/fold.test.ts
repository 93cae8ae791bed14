import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileOfStacks } from '@/tests/support/profile-of-stacks';
import type { FlameNode } from './flame-node';
import { foldFlame } from './fold';
import { foldSandwich } from './sandwich';
import { functionTable } from './table';
import { parseTransforms, printTransforms } from './transform';

const all = { valueIndex: 0, maxNodes: 1e6, minShare: 0 };

function printTree(node: FlameNode, indent = ''): string {
  const place = node.file === '' ? '' : ` ${node.file}:${node.line}`;
  const merged = node.merged > 0 ? ` (${node.merged} merged)` : '';
  const line = `${indent}${node.name}${place} ${node.self}/${node.total}${merged}`;
  return [line, ...node.children.map((child) => printTree(child, `${indent}  `))].join('\n');
}

const config = `
  main.handle h.go:7 ; config.(*M).Get config.go:44 ; sync.(*RWMutex).RLock rw.go:1 = 600
  main.handle h.go:9 ; config.(*M).Get config.go:44 ; sync.(*RWMutex).RLock rw.go:1 = 100
  main.handle h.go:9 ; config.(*M).Get config.go:48 ; sync.(*RWMutex).RLock rw.go:1 = 30
  main.reload r.go:3 ; config.(*M).Get config.go:44 ; sync.(*RWMutex).RLock rw.go:1 = 20`;

test('merges the calls of one function but keeps two lines of the lock site apart', () => {
  expect(printTree(foldFlame(profileOfStacks(config), all).root)).toBe(
    [
      'root 0/750',
      '  main.handle h.go:0 0/730',
      '    config.(*M).Get config.go:44 0/700',
      '      sync.(*RWMutex).RLock rw.go:1 700/700',
      '    config.(*M).Get config.go:48 0/30',
      '      sync.(*RWMutex).RLock rw.go:1 30/30',
      '  main.reload r.go:3 0/20',
      '    config.(*M).Get config.go:44 0/20',
      '      sync.(*RWMutex).RLock rw.go:1 20/20',
    ].join('\n'),
  );
});

test('inverts: the lock operation comes first and callers are its children', () => {
  const { root } = foldFlame(profileOfStacks(config), { ...all, invert: true });
  expect(root.children.map(({ name, total }) => [name, total])).toEqual([['sync.(*RWMutex).RLock', 750]]);
  expect(root.children[0]?.children.map(({ line, total }) => [line, total])).toEqual([
    [44, 720],
    [48, 30],
  ]);
});

test('merges small siblings into a counted other and keeps their value', () => {
  const { root, trimmed } = foldFlame(profileOfStacks(config), { ...all, maxNodes: 4 });
  expect(printTree(root)).toBe(
    [
      'root 0/750',
      '  main.handle h.go:0 0/730',
      '    config.(*M).Get config.go:44 0/700',
      '      sync.(*RWMutex).RLock rw.go:1 700/700',
      '    other 30/30 (1 merged)',
      '  other 20/20 (1 merged)',
    ].join('\n'),
  );
  // Two subtrees went: Get:48 with RLock, and reload with Get and RLock.
  expect(trimmed).toEqual({ value: 50, nodes: 5 });
});

test('shows an unsymbolised location by its address', () => {
  const profile = profileOfStacks('main.a a.go:1 = 5', 'cpu');
  const blind = {
    ...profile,
    locations: { ...profile.locations, func: Int32Array.of(-1), address: BigUint64Array.of(0x4a1f00n) },
  };
  expect(foldFlame(blind, all).root.children[0]?.name).toBe('0x4a1f00');
});

test('refuses a value below zero instead of drawing it as nothing', () => {
  expect(() => foldFlame(profileOfStacks('main.a a.go:1 = -5'), all)).toThrow('sample 0 has the value -5');
  expect(() => foldFlame(profileOfStacks(config), { ...all, valueIndex: 3 })).toThrow('no value column 3');
});

test('focus by node, by function, merge, collapse, drop and hide do what their names say', () => {
  const shown = (t: string) => {
    const { root, leftOut } = foldFlame(profileOfStacks(config), { ...all, transforms: parseTransforms(t) });
    return `${root.children.map(({ name, total }) => `${name} ${total}`).join(', ')} | left out ${leftOut.value}`;
  };
  const whole = foldFlame(profileOfStacks(config), all).root;
  const get44 = whole.children[0]?.children[0]?.id ?? '';
  expect(shown(`f~${get44}`)).toBe('config.(*M).Get 700 | left out 50');
  expect(shown('F~config.(*M).Get')).toBe('config.(*M).Get 720, config.(*M).Get 30 | left out 0');
  expect(shown('m~main.handle')).toBe('config.(*M).Get 700, config.(*M).Get 30, main.reload 20 | left out 0');
  expect(shown('d~main.handle')).toBe('main.reload 20 | left out 730');
  const leaves = (node: FlameNode): string[] =>
    node.children.length === 0 ? [`${node.name} ${node.self}`] : node.children.flatMap(leaves);
  const hidden = foldFlame(profileOfStacks(config), { ...all, transforms: parseTransforms('h~internals') }).root;
  expect(leaves(hidden)).toEqual(['config.(*M).Get 700', 'config.(*M).Get 30', 'config.(*M).Get 20']);
  expect(shown('f~0000000000000000')).toBe(' | left out 750');
});

test('collapses neighbouring frames of one package into the outermost', () => {
  const profile = profileOfStacks(
    'main.a m.go:1 ; net/http.b h.go:2 ; net/http.(*C).d h.go:3 ; main.e m.go:4 ; net/http.f h.go:5 = 9',
    'cpu',
  );
  const { root } = foldFlame(profile, { ...all, transforms: parseTransforms('c~net/http') });
  expect(printTree(root)).toBe(
    [
      'root 0/9',
      '  main.a m.go:1 0/9',
      '    net/http.b h.go:2 0/9',
      '      main.e m.go:4 0/9',
      '        net/http.f h.go:5 9/9',
    ].join('\n'),
  );
});

test('prints and parses steps, commas and percent signs in names included', () => {
  const text = 'f~0123456789abcdef,F~main.run,m~a%2Cb%25,c~net/http,d~x,h~foreign';
  expect(printTransforms(parseTransforms(text))).toBe(text);
  expect(parseTransforms(text)[2]).toEqual({ kind: 'merge', name: 'a,b%' });
  expect(() => parseTransforms('f~zzz')).toThrow('"f~zzz" is no step');
  expect(() => parseTransforms('q~main')).toThrow('is no step');
});

const frame = fc.constantFrom(
  'main.a a.go:1',
  'main.b b.go:1',
  'main.b b.go:2',
  'net/http.c c.go:1',
  'sync.(*Mutex).Lock m.go:1',
);
const stack = fc.record({
  frames: fc.array(frame, { minLength: 1, maxLength: 7 }),
  value: fc.integer({ min: 0, max: 1000 }),
});
const stacks = fc.array(stack, { minLength: 1, maxLength: 25 }).map((list) => ({
  profile: profileOfStacks(list.map(({ frames, value }) => `${frames.join(' ; ')} = ${value}`).join('\n')),
  total: list.reduce((sum, { value }) => sum + value, 0),
  through: (name: string) =>
    list
      .filter(({ frames }) => frames.some((one) => one.startsWith(`${name} `)))
      .reduce((sum, { value }) => sum + value, 0),
}));

test('law: totals hold on every level, whatever is merged, inverted or transformed', () => {
  const steps = fc.constantFrom('', 'h~internals', 'm~main.a', 'd~main.b', 'F~main.b', 'c~main', 'h~foreign,c~main');
  fc.assert(
    fc.property(
      stacks,
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      steps,
      ({ profile, total }, maxNodes, invert, t) => {
        const options = { valueIndex: 0, maxNodes, minShare: 0.01, invert, transforms: parseTransforms(t) };
        const { root, leftOut, trimmed } = foldFlame(profile, options);
        let kept = 0;
        let merged = 0;
        const check = (node: FlameNode): void => {
          const children = node.children.reduce((sum, child) => sum + child.total, 0);
          expect(children + node.self).toBe(node.total);
          if (node.merged > 0) merged += node.total;
          else kept++;
          node.children.forEach(check);
        };
        check(root);
        expect(root.total + leftOut.value).toBe(total);
        expect(merged).toBe(trimmed.value);
        expect(kept).toBeLessThanOrEqual(Math.max(1, maxNodes));
        const ids: string[] = [];
        const collect = (node: FlameNode): void => {
          ids.push(node.id);
          node.children.forEach(collect);
        };
        collect(root);
        expect(new Set(ids).size).toBe(ids.length);
        const table = functionTable(root);
        expect(table.rows.reduce((sum, row) => sum + row.self, 0) + table.merged.value + root.self).toBe(root.total);
      },
    ),
  );
});

test('law: both halves of a sandwich have the value of the stacks through the function', () => {
  fc.assert(
    fc.property(stacks, fc.constantFrom('main.a', 'main.b', 'net/http.c', 'nothing'), ({ profile, through }, name) => {
      const sandwich = foldSandwich(profile, { valueIndex: 0, maxNodes: 8, minShare: 0, name });
      expect(sandwich.total).toBe(through(name));
      expect(sandwich.callers.total).toBe(sandwich.total);
      expect(sandwich.callees.total).toBe(sandwich.total);
    }),
  );
});
