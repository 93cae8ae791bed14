import { expect, test } from 'vitest';
import { bareName, packageOf, placeOf, shortName } from '@/lib/profile/function-name';
import { profileOfStacks } from '@/tests/support/profile-of-stacks';
import { foldFlame } from './fold';
import { layoutTree, moveFrom, pathTo, treeDepth } from './layout';
import { originOf } from './origin';
import { frameMatcher, searchTree } from './search';

const root = foldFlame(
  profileOfStacks(
    `main.run m.go:1 ; shop/config.Get c.go:2 ; shop/config.get c.go:9 = 60
     main.run m.go:1 ; shop/user.Load u.go:3 = 30
     main.idle m.go:8 = 10`,
    'cpu',
  ),
  { valueIndex: 0, maxNodes: 100, minShare: 0 },
).root;

const find = (text: string) => {
  const boxes = layoutTree(root);
  const { hits, value } = searchTree(root, frameMatcher(text));
  return `${hits.map((id) => boxes.get(id)?.node.name).join(' ')} | ${value}`;
};

test('finds plain text in names and files, a hit below a hit not counted twice', () => {
  expect(find('GET')).toBe('shop/config.Get shop/config.get | 60');
  expect(find('u.go')).toBe('shop/user.Load | 30');
  expect(find('')).toBe(' | 0');
  expect(find('root')).toBe(' | 0');
});

test('takes brackets as text, and regular expressions only after re:', () => {
  expect(find('(*')).toBe(' | 0');
  expect(find('re:^main\\.(run|idle)$')).toBe('main.run main.idle | 100');
});

test('says what is wrong with an expression instead of throwing', () => {
  const matcher = frameMatcher('re:(');
  expect(matcher.error).toMatch(/[Uu]nterminated/);
  expect(searchTree(root, matcher).hits).toEqual([]);
});

test('lays nodes out below their parent and moves along the tree', () => {
  const boxes = layoutTree(root);
  const named = (name: string) => [...boxes.values()].find(({ node }) => node.name === name);
  const load = named('shop/user.Load');
  expect([load?.x, load?.width, load?.depth, load?.position, load?.siblings]).toEqual([0.6, 0.3, 2, 2, 2]);
  expect(treeDepth(boxes)).toBe(3);
  const go = (from: string | undefined, move: Parameters<typeof moveFrom>[2]) =>
    boxes.get(moveFrom(boxes, from ?? '', move))?.node.name;
  expect(go(load?.node.id, 'previous')).toBe('shop/config.Get');
  expect(go(load?.node.id, 'next')).toBe('shop/user.Load');
  expect(go(load?.node.id, 'caller')).toBe('main.run');
  expect(go(root.id, 'callee')).toBe('main.run');
  expect(go(root.id, 'caller')).toBe('root');
  expect(pathTo(boxes, load?.node.id ?? '').map(({ name }) => name)).toEqual(['main.run', 'shop/user.Load']);
});

test('cuts Go names into package, short and bare name', () => {
  const name = 'example.com/shop/internal/config.(*OrderConfigManager).GetConfig';
  expect([packageOf(name), shortName(name), bareName(name)]).toEqual([
    'example.com/shop/internal/config',
    'config.(*OrderConfigManager).GetConfig',
    'GetConfig',
  ]);
  expect(bareName('main.run')).toBe('run');
  expect(bareName('main.(*Service).Start.func1')).toBe('Start.func1');
  expect(bareName('cache.(*LRU[...]).Get')).toBe('Get');
  expect(bareName('main.Value.Get')).toBe('Get');
  expect(shortName('gopkg.in/yaml%2ev3.Unmarshal')).toBe('yaml%2ev3.Unmarshal');
  expect(shortName('a/b.Map[...].Do')).toBe('b.Map[...].Do');
  expect(placeOf({ file: '/src/app/config.go', line: 44 })).toBe('config.go:44');
  expect(placeOf({ file: 'config.go', line: 0 })).toBe('config.go');
});

test('tells own code from modules, the standard library and the runtime', () => {
  expect(originOf('order-service/internal/config.(*M).Get', '/app/internal/config/config.go')).toBe('own');
  expect(originOf('main.main', '/app/main.go')).toBe('own');
  expect(originOf('github.com/a/b.Do', 'github.com/a/b@v1.2.3/do.go')).toBe('module');
  expect(originOf('net/http.(*conn).serve', '/usr/local/go/src/net/http/server.go')).toBe('standard');
  expect(originOf('internal/sync.(*Mutex).Lock', 'internal/sync/mutex.go')).toBe('runtime');
  expect(originOf('runtime.chanrecv1', 'runtime/chan.go')).toBe('runtime');
});
