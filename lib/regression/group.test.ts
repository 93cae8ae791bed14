import { expect, test } from 'vitest';
import { armOfText, levels } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { type CompareOptions, defaultOptions } from './options';

/** A reload that waiters in the path of requests wait for, and a ledger that the same requests pass. */
const scene = (reload: number, ledger: number, other = 1) => `
  mutex RWMutex.Unlock shop.(*Config).Reload+8 < shop.refresh | ${levels(10_000 * reload, 30)}
  block RWMutex.RLock shop.(*Config).Get+2 < shop.order       | ${levels(10_000 * reload, 30)}
  mutex Mutex.Unlock shop.(*Ledger).Reserve+5 < shop.order    | ${levels(6_000 * ledger, 20)}
  block Mutex.Lock shop.(*Ledger).Reserve+3 < shop.order      | ${levels(6_000 * ledger, 20)}
  mutex Mutex.Unlock shop.(*Audit).Flush+5 < shop.nightly     | ${unlike(levels(5_000 * other, 20))}`;

/** The same cells in another order, so that they do not rise and fall with the rest. */
const unlike = (cells: string) => cells.split(' ').reverse().join(' ');

function compare(base: string, head: string, options: Partial<CompareOptions> = {}) {
  const per = { ops: undefined, requests: undefined, seconds: 1e-6 };
  return compareRuns(armOfText(base, { per }), armOfText(head, { per, offsetMs: 500 }), {
    ...defaultOptions,
    ...options,
  });
}

function told({ locks }: ReturnType<typeof compare>) {
  return locks.map(({ name, verdict, movedWith }) => [name, verdict, movedWith]);
}

test('contention displaced along a common caller is grouped under the lock that changed most', () => {
  const comparison = compare(scene(1, 1), scene(40, 4));
  expect(told(comparison)).toEqual([
    ['shop.(*Config)', 'regression', null],
    ['shop.(*Ledger)', 'moved', 'shop.(*Config)'],
    ['shop.(*Audit)', 'unchanged', null],
  ]);
  const [culprit, displaced] = comparison.sites;
  expect([culprit?.site.function, displaced?.site.function]).toEqual([
    'shop.(*Config).Reload',
    'shop.(*Ledger).Reserve',
  ]);
  expect([culprit?.group, displaced?.group]).toEqual([culprit?.site.id, culprit?.site.id]);
});

test('what the change touched is the culprit, though another lock grew more', () => {
  const touched = [{ file: 'shop/file.go', lines: [104] }];
  // All scene functions begin at line 100 of their package's file.
  const elsewhere = scene(40, 4).replaceAll('shop.(*Config)', 'other.(*Config)');
  const before = scene(1, 1).replaceAll('shop.(*Config)', 'other.(*Config)');
  expect(told(compare(before, elsewhere, { touched })).slice(0, 2)).toEqual([
    ['shop.(*Ledger)', 'regression', null],
    ['other.(*Config)', 'moved', 'shop.(*Ledger)'],
  ]);
});

test('two locks that the change touched both stand for themselves', () => {
  const touched = [{ file: 'shop/file.go', lines: [104] }];
  expect(told(compare(scene(1, 1), scene(40, 4), { touched })).slice(0, 2)).toEqual([
    ['shop.(*Config)', 'regression', null],
    ['shop.(*Ledger)', 'regression', null],
  ]);
});

test('locks without a common path are two regressions', () => {
  const verdicts = compare(scene(1, 1, 1), scene(40, 1, 3)).locks.map(({ name, verdict }) => [name, verdict]);
  expect(verdicts).toContainEqual(['shop.(*Audit)', 'regression']);
});

test('handlers that only the server has in common are no common path', () => {
  const handlers = (orders: number, users: number) => `
    mutex Mutex.Unlock shop.(*Orders).ServeHTTP+8 < net/http.(*ServeMux).ServeHTTP | ${levels(9_000 * orders, 30)}
    mutex Mutex.Unlock shop.(*Users).ServeHTTP+8 < net/http.(*ServeMux).ServeHTTP  | ${unlike(levels(9_000 * users, 30))}`;
  expect(told(compare(handlers(1, 1), handlers(3, 2))).map(([, verdict]) => verdict)).toEqual([
    'regression',
    'regression',
  ]);
});

test('a lock is told in goroutines waiting, with its waiter, its holder and the runs above the base', () => {
  const [config] = compare(scene(1, 1), scene(40, 1)).locks;
  expect(config?.waiting.unit).toBe('goroutines');
  // 10 µs of delay in a window of 1 µs are ten goroutines.
  expect(config?.waiting.base.median).toBeCloseTo(10.05, 2);
  expect(config?.waiting.head.median).toBeCloseTo(402, 1);
  expect(config?.waiting.noise).toBeCloseTo(0.36, 5);
  expect([config?.waiter?.function, config?.holder?.function]).toEqual(['shop.(*Config).Get', 'shop.(*Config).Reload']);
  expect(config?.runsAbove).toEqual({ above: 10, of: 10 });
  expect(config?.ratio).toBeCloseTo(40, 5);
});

test('a benchmark that takes longer because of a lock is grouped under it', () => {
  const arm = (factor: number, offsetMs: number) =>
    armOfText(
      `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000 * factor, 20)}
       time shop.BenchmarkLog | ${levels(9_000 * factor, 1, 0.001)}`,
      { benchmark: 'shop.BenchmarkLog', offsetMs },
    );
  const { sites, locks } = compareRuns(arm(1, 0), arm(3, 500), defaultOptions);
  // Goroutines that take turns are as many however long they wait.
  expect(locks.map(({ waiting }) => waiting.unit)).toEqual(['seconds per op']);
  const tested = sites.filter(({ primary }) => primary);
  expect(tested.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['mutex.delay', 'regression'],
    ['time', 'regression'],
  ]);
  expect(tested[1]?.group).toBe(tested[0]?.site.id);
});
