import { expect, test } from 'vitest';
import { profileOfStacks } from '@/tests/support/profile-of-stacks';
import { packageColour, reasonColours } from './colour';
import type { FlameNode } from './flame-node';
import { foldFlame } from './fold';
import { arrowFrom, boxOf, layoutForest } from './forest';
import { mirrorTrees } from './mirror';
import { flameSvg } from './svg';
import { parseTransforms } from './transform';

const side = { valueIndex: 0, maxNodes: 100, minShare: 0, invert: true, transforms: parseTransforms('h~internals') };
const waiters = foldFlame(
  profileOfStacks(`
    main.create m.go:5 ; config.(*M).Get c.go:44 ; sync.(*RWMutex).RLock rw.go:1 = 700
    main.quote m.go:9 ; config.(*M).Get c.go:44 ; sync.(*RWMutex).RLock rw.go:1 = 200
    main.create m.go:5 ; ledger.(*L).Reserve l.go:20 ; sync.(*Mutex).Lock mu.go:1 = 80
    main.consume m.go:70 ; runtime.chanrecv2 chan.go:1 = 20`),
  side,
).root;
const holders = foldFlame(
  profileOfStacks(`
    main.reloader m.go:30 ; config.(*M).ReloadFromDB c.go:52 ; sync.(*RWMutex).Unlock rw.go:2 = 905
    main.create m.go:5 ; ledger.(*L).Reserve l.go:24 ; sync.(*Mutex).Unlock mu.go:2 = 60`),
  side,
).root;
const locks = [
  {
    id: 'ledger',
    name: 'ledger.(*L)',
    waitSites: [{ function: 'ledger.(*L).Reserve', file: 'l.go', line: 20 }],
    holdSites: [{ function: 'ledger.(*L).Reserve', file: 'l.go', line: 24 }],
  },
  {
    id: 'config',
    name: 'config.(*M)',
    waitSites: [{ function: 'config.(*M).Get', file: 'c.go', line: 44 }],
    holdSites: [{ function: 'config.(*M).ReloadFromDB', file: 'c.go', line: 52 }],
  },
];
const mirror = mirrorTrees(waiters, holders, locks);

test('puts both sides of a lock into one column, the larger side giving its width', () => {
  expect(mirror.columns).toEqual([
    { id: 'config', name: 'config.(*M)', waited: 900, charged: 905 },
    { id: 'ledger', name: 'ledger.(*L)', waited: 80, charged: 60 },
  ]);
  expect([mirror.waiters.total, mirror.holders.total]).toEqual([985, 985]);
  expect(mirror.waiters.children.map(({ total }) => total)).toEqual([905, 80]);
});

test('the widths of each side add up to what was waited and charged, and the rest is counted', () => {
  const drawn = (root: FlameNode) =>
    root.children.flatMap(({ children }) => children).reduce((sum, { total }) => sum + total, 0);
  expect(drawn(mirror.waiters) + mirror.unplaced.waited).toBe(1000);
  expect(drawn(mirror.holders) + mirror.unplaced.charged).toBe(965);
  expect(mirror.unplaced).toEqual({ waited: 20, charged: 0 });
});

test('arrows go from the holders through the lock to the waiters and back', () => {
  const forest = layoutForest(mirror.waiters, mirror.holders);
  const named = (id: string) => boxOf(forest, id)?.node.name;
  const up = arrowFrom(forest, 'config', 'up');
  const upper = arrowFrom(forest, up, 'up');
  expect([named(up), named(upper)]).toEqual(['config.(*M).ReloadFromDB', 'main.reloader']);
  expect(arrowFrom(forest, up, 'down')).toBe('config');
  const down = arrowFrom(forest, 'config', 'down');
  expect([named(down), named(arrowFrom(forest, down, 'down'))]).toEqual(['config.(*M).Get', 'main.create']);
  expect(arrowFrom(forest, down, 'up')).toBe('config');
  expect(arrowFrom(forest, 'config', 'right')).toBe('ledger');
});

test('colours by package and by the wait that most of the value has', () => {
  const root = foldFlame(
    profileOfStacks(`
      main.a a.go:1 ; config.Get c.go:4 ; sync.(*RWMutex).RLock rw.go:1 = 70
      main.a a.go:1 ; main.send s.go:2 ; runtime.chansend1 chan.go:1 = 30
      main.b b.go:1 ; internal/sync.(*HashTrieMap[...]).Swap h.go:1 = 5`),
    { valueIndex: 0, maxNodes: 100, minShare: 0 },
  ).root;
  const colours = reasonColours(root);
  expect(root.children.map(({ id }) => colours.get(id))).toEqual(['reason-rlock', 'reason-mutex']);
  const [a, b] = root.children;
  expect(a?.children.map(({ id }) => colours.get(id))).toEqual(['reason-rlock', 'reason-chan']);
  expect(a === undefined ? '' : packageColour(a)).toMatch(/^own-\d+$/);
  expect(b?.children[0] === undefined ? '' : packageColour(b.children[0])).toBe('grey');
});

test('writes an SVG that stands alone, with hostile names escaped and narrow frames counted', () => {
  const root = foldFlame(
    profileOfStacks(`main.a a.go:1 ; x.<script>"&\u0001 b.go:2 = 99999\nmain.thin t.go:1 = 1`, 'cpu'),
    { valueIndex: 0, maxNodes: 100, minShare: 0 },
  ).root;
  const svg = flameSvg({
    title: 'cpu & more',
    width: 1000,
    down: { root, fill: () => '#ddeeff' },
    up: undefined,
    sharedRows: 0,
    hint: ({ name }) => name,
  });
  expect(svg).toContain('x.&lt;script&gt;&quot;&amp;\ufffd');
  expect(svg).toContain('cpu &amp; more (1 frames narrower than half a pixel are not drawn)');
  expect(svg).not.toMatch(/<script|var\(|href/);
});

test('writes both halves of a mirror around their locks, none on top of another', () => {
  const fill = () => '#eeeeee';
  const svg = flameSvg({
    title: 'mirror',
    width: 1000,
    down: { root: mirror.waiters, fill },
    up: { root: mirror.holders, fill },
    sharedRows: 2,
    hint: ({ name }) => name,
  });
  const rowOf = (name: string) => Number(new RegExp(`<title>${name}</title><rect x="0.00" y="(\\d+)"`).exec(svg)?.[1]);
  const rows = ['main.reloader', 'config..\\*M..ReloadFromDB', 'root', 'config..\\*M.', 'config..\\*M..Get'].map(rowOf);
  expect(rows).toEqual([28, 46, 64, 82, 100]);
});
