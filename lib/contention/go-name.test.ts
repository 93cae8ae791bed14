import { expect, test } from 'vitest';
import { isWrapperFrame, parseGoName } from './go-name';
import { lockName } from './identity';

const parts = (name: string) => {
  const { package: path, receiver } = parseGoName(name);
  return `${path} | ${receiver ?? '-'} | ${lockName(name)}`;
};

test('a lock goes by package and receiver type, else by function', () => {
  expect(parts('example.com/shop/internal/config.(*Manager).Get')).toBe(
    'example.com/shop/internal/config | Manager | config.(*Manager)',
  );
  expect(parts('example.com/shop/cache.Store.Get')).toBe('example.com/shop/cache | Store | cache.Store');
  expect(parts('main.churn')).toBe('main | - | main.churn');
});

test('dots in the last path element and in type arguments are no borders', () => {
  expect(parts('gopkg.in/yaml%2ev3.(*Parser).next')).toBe('gopkg.in/yaml%2ev3 | Parser | yaml.v3.(*Parser)');
  expect(parts('main.(*Cache[...]).Get')).toBe('main | Cache[...] | main.(*Cache[...])');
  expect(parts('internal/sync.(*HashTrieMap[...]).Swap')).toBe(
    'internal/sync | HashTrieMap[...] | sync.(*HashTrieMap[...])',
  );
});

test('a closure belongs to the type whose method it stands in', () => {
  expect(parts('main.(*Bus).Start.func1')).toBe('main | Bus | main.(*Bus)');
  expect(parts('main.main.func2.1')).toBe('main | - | main.main.func2.1');
  expect(parts('main.round.par.func5')).toBe('main | - | main.round.par.func5');
});

test('frames that the compiler adds are recognised', () => {
  const wrappers = ['main.(*B).Touch-fm', 'main.F.deferwrap1', 'main.loop.gowrap2', 'main.main·dwrap·3'];
  expect(wrappers.filter((name) => !isWrapperFrame(name))).toEqual([]);
  expect(isWrapperFrame('main.main.func1')).toBe(false);
});
