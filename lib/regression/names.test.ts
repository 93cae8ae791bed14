import { expect, test } from 'vitest';
import { isOwnCode, matchingBenchmark, matchingName, withoutClosureNumbers } from './names';

test.each([
  ['github.com/acme/shop/v2/config.(*Manager).Get', 'github.com/acme/shop/config.(*Manager).Get'],
  ['github.com/acme/shop/v3.Serve', 'github.com/acme/shop.Serve'],
  ['gopkg.in/yaml%2ev3.Unmarshal', 'gopkg.in/yaml.Unmarshal'],
  ['example.com/app/vendor/github.com/acme/shop.Serve', 'github.com/acme/shop.Serve'],
  ['example.com/shop.(*Map[go.shape.int]).Store', 'example.com/shop.(*Map[...]).Store'],
  ['example.com/shop.(*Cache).Put-fm', 'example.com/shop.(*Cache).Put'],
  ['example.com/shop.All-range2.func1', 'example.com/shop.All.func1'],
  ['example.com/shop_test.BenchmarkPut', 'example.com/shop.BenchmarkPut'],
  // Nothing to take away: a version in a name, a package that only looks like one.
  ['example.com/shop/v1beta1.Serve', 'example.com/shop/v1beta1.Serve'],
  ['example.com/shop.parse/v2', 'example.com/shop.parse/v2'],
  ['main.main.func1', 'main.main.func1'],
])('%s is matched as %s', (name, matching) => {
  expect(matchingName(name)).toBe(matching);
});

test('closures are alike without their numbers, methods are not', () => {
  expect(withoutClosureNumbers('shop.run.func1.2')).toBe(withoutClosureNumbers('shop.run.func3'));
  expect(withoutClosureNumbers('shop.run.func1.wait')).not.toBe(withoutClosureNumbers('shop.run.func1'));
});

test('a benchmark keeps the slashes of its cases', () => {
  expect(matchingBenchmark('example.com/shop/v2.BenchmarkPut/keys=8/v2', new Map())).toBe(
    'example.com/shop.BenchmarkPut/keys=8/v2',
  );
  expect(matchingBenchmark('shop/new.BenchmarkPut', new Map([['shop/new', 'shop/old']]))).toBe('shop/old.BenchmarkPut');
});

test('own code is that of the benchmark’s module', () => {
  const benchmark = 'github.com/acme/shop/cache.BenchmarkPut';
  const names = [
    'github.com/acme/shop/config.Load',
    'github.com/acme/other.Load',
    'encoding/json.Marshal',
    'main.main',
  ];
  expect(names.map((name) => isOwnCode(name, benchmark))).toEqual([true, false, false, true]);
  expect(names.map((name) => isOwnCode(name, null))).toEqual([true, true, false, true]);
});
