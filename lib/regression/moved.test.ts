import { expect, test } from 'vitest';
import { armOfText, levels, linesOfComparison } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { type CompareOptions, defaultOptions } from './options';

const lines = (base: string, head: string, options: Partial<CompareOptions> = {}) =>
  linesOfComparison(
    compareRuns(armOfText(base), armOfText(head, { offsetMs: 500 }), { ...defaultOptions, ...options }),
  );

const log = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20)}`;
const put = (place: string, ns = 12_000, callers = 'shop.serve') =>
  `mutex Mutex.Unlock ${place} < ${callers} | ${levels(ns, 30)}`;

test('a lock further down in its function is the same lock', () => {
  expect(lines(put('shop.(*Cache).Put+7'), put('shop.(*Cache).Put+12'))).toBe(`unchanged per op
unchanged mutex.delay shop.(*Cache).Put ×1.0 [the same function, line +7 is now +12]`);
});

test('two locks of one function stay apart when lines above them move both', () => {
  const two = (first: number, second: number) =>
    `${put(`shop.(*Cache).Put+${first}`, 12_000)}\n${put(`shop.(*Cache).Put+${second}`, 30_000)}`;
  // Line +9 is the second site of the base and the first of the head.
  expect(lines(two(5, 9), two(9, 13))).not.toContain('regression');
});

test('a lock that becomes an RWMutex is compared with what it was', () => {
  const text = lines(
    `${log}\n${put('shop.(*Cache).Put+7')}`,
    `${log}\nmutex RWMutex.Unlock shop.(*Cache).Put+7 < shop.serve | ${levels(12_100, 30)}`,
  );
  expect(text).toContain(
    'unchanged mutex.delay shop.(*Cache).Put ×1.0 [the same function, Mutex.Unlock is now RWMutex.Unlock]',
  );
});

test('a module’s next major version is the same code', () => {
  expect(lines(put('example.com/shop/cache.(*Cache).Put+7'), put('example.com/shop/v2/cache.(*Cache).Put+7'))).toBe(
    `unchanged per op
unchanged mutex.delay example.com/shop/v2/cache.(*Cache).Put ×1.0`,
  );
});

test('a renamed function is found again by its callers, and is moved', () => {
  expect(lines(`${log}\n${put('shop.(*Cache).Put+7')}`, `${log}\n${put('shop.(*Store).Set+7')}`)).toBe(`unchanged per op
moved mutex.delay shop.(*Store).Set ×1.0 [renamed: (*Cache).Put is now (*Store).Set]
unchanged mutex.delay shop.(*Log).Write ×1.0`);
});

test('a new lock three times as busy as the one that is gone is no rename', () => {
  const text = lines(`${log}\n${put('shop.(*Cache).Put+7')}`, `${log}\n${put('shop.(*Store).Set+7', 36_000)}`);
  expect(text).toContain('regression mutex.delay shop.(*Store).Set new');
});

test('a package that moves takes its sites along', () => {
  expect(lines(put('shop/a.(*Cache).Put+7'), put('shop/b.(*Cache).Put+7'))).toBe(`unchanged per op
unchanged mutex.delay shop/b.(*Cache).Put ×1.0 [package shop/a is now shop/b]`);
});

test('a function that moves to another package is found by its name and its callers', () => {
  expect(
    lines(
      `${put('shop/a.(*Cache).Put+7')}\n${put('shop/a.Keep+1')}\n${put('shop/b.Stay+1')}`,
      `${put('shop/b.(*Cache).Put+7')}\n${put('shop/a.Keep+1')}\n${put('shop/b.Stay+1')}`,
    ),
  ).toContain('moved mutex.delay shop/b.(*Cache).Put ×1.0 [moved from package shop/a]');
});

test('a lock extracted into a function of its own is found by who calls it', () => {
  expect(
    lines(
      `${log}\n${put('shop.(*Cache).Put+7')}`,
      `${log}\n${put('shop.(*Cache).locked+2', 12_000, 'shop.(*Cache).Put')}`,
    ),
  ).toContain('moved mutex.delay shop.(*Cache).locked ×1.0 [extracted from (*Cache).Put]');
});

test('two critical sections merged into one helper are moved within their lock', () => {
  const text = lines(
    `${log}\n${put('shop.(*Cache).Put+7', 9_000, 'shop.a')}\n${put('shop.(*Cache).Drop+7', 9_000, 'shop.b')}`,
    `${log}\n${put('shop.(*Cache).locked+2', 18_000, 'shop.(*Cache).Put,shop.(*Cache).Drop')}`,
  );
  expect(text).toBe(`unchanged per op
moved mutex.delay shop.(*Cache).Drop gone
moved mutex.delay shop.(*Cache).Put gone
moved mutex.delay shop.(*Cache).locked new
unchanged mutex.delay shop.(*Log).Write ×1.0`);
});

test('a closure that gets another number is the same closure', () => {
  expect(lines(put('shop.run.func1+4'), put('shop.run.func3+4'))).toBe(`unchanged per op
unchanged mutex.delay shop.run.func3 ×1.0 [closure run.func1 is now run.func3]`);
});

/** Handle calls encode and check; the rest of the program is in idle. */
const cpu = (encode: number, check: number, name = 'encode') => `
  cpu shop.handle < shop.serve > shop.${name},shop.check | ${levels(encode + check, 1)}
  cpu shop.${name} < shop.handle                         | ${levels(encode, 1)}
  cpu shop.check < shop.handle                           | ${levels(check, 1)}
  cpu shop.idle < shop.serve                             | ${levels(1e7, 1)}`;

test('CPU time that moves from one callee to another is moved, in both of them', () => {
  expect(lines(cpu(4e6, 4e6), cpu(6e6, 2e6))).toBe(`unchanged per op
moved cpu shop.check ×0.5
moved cpu shop.encode ×1.5
unchanged cpu shop.handle ×1.0
unchanged cpu shop.idle ×1.0`);
});

test('CPU time is not moved within one caller when another pays for it', () => {
  const two = (encode: number, report: number) => `
    cpu shop.handle > shop.encode               | ${levels(8e6, 1)}
    cpu shop.report > shop.encode               | ${levels(report, 1)}
    cpu shop.encode < shop.handle,shop.report   | ${levels(encode, 1)}
    cpu shop.idle                               | ${levels(2e7, 1)}`;
  expect(lines(two(4e6, 2e6), two(6e6, 4e6))).toContain('regression cpu shop.encode ×1.5');
});

test('CPU time that the caller has to pay for is a regression, told once by the function that costs more', () => {
  expect(lines(cpu(4e6, 4e6), cpu(6e6, 4e6))).toBe(`regression per op
regression cpu shop.encode ×1.5
regression cpu shop.handle ×1.3 (displaced)
unchanged cpu shop.check ×1.0
unchanged cpu shop.idle ×1.0`);
});

test('a renamed function in a CPU profile is moved', () => {
  const text = lines(cpu(4e6, 4e6), cpu(4e6, 4e6, 'render'));
  expect(text).toContain('moved cpu shop.render ×1.0 [renamed: encode is now render]');
  expect(text).not.toContain('regression');
});

test('CPU time that moves between functions of one package, whose callers are not known, is moved', () => {
  const two = (encode: number, check: number) => `
    cpu shop.encode | ${levels(encode, 1)}
    cpu shop.check  | ${levels(check, 1)}
    cpu other.idle  | ${levels(1e7, 1)}`;
  expect(lines(two(4e6, 4e6), two(6e6, 2e6))).toContain('moved cpu shop.encode ×1.5');
  expect(lines(two(4e6, 4e6), two(6e6, 3.9e6))).toContain('regression cpu shop.encode ×1.5');
});

test('per second of busy cores the whole is no place that time moved within', () => {
  const two = (encode: number, check: number) => `
    cpu shop.serve > shop.encode,shop.check | ${levels(encode + check, 1)}
    cpu shop.encode < shop.serve            | ${levels(encode, 1)}
    cpu shop.check < shop.serve             | ${levels(check, 1)}`;
  const verdict = (per: { ops?: number; seconds?: number }) => {
    const all = { ops: undefined, requests: undefined, seconds: undefined, ...per };
    const [base, head] = [two(4e9, 4e9), two(6e9, 2e9)].map((text) => armOfText(text, { per: all }));
    return base === undefined || head === undefined ? undefined : compareRuns(base, head, defaultOptions).verdict;
  };
  expect([verdict({ ops: 1 }), verdict({ seconds: 1 })]).toEqual(['unchanged', 'regression']);
});
