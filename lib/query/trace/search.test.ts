import { expect, test } from 'vitest';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { searchTrace } from './search';
import { parseSearch } from './search-query';
import { siteOf } from './tile-holds';

const all = { state: undefined, longerNs: 0, shorterNs: Number.POSITIVE_INFINITY };
const nothing = { ...all, fn: undefined, goroutine: undefined, lock: undefined };

test.each([
  ['', nothing],
  ['  state:rlock   dur:>1s ', { ...nothing, state: 'rlock', longerNs: 1e9 }],
  ['dur:<20us', { ...nothing, shorterNs: 20e3 }],
  ['dur:1.5ms..2s', { ...nothing, longerNs: 1.5e6, shorterNs: 2e9 }],
  ['dur:>1ms dur:<2ms', { ...nothing, longerNs: 1e6, shorterNs: 2e6 }],
  ['fn:GetConfig g:8817 lock:Order', { ...nothing, fn: 'getconfig', goroutine: 8817, lock: 'order' }],
  ['g:G7', { ...nothing, goroutine: 7 }],
])('"%s" is understood', (text, query) => {
  expect(parseSearch(text)).toEqual(query);
});

test.each(['GetConfig', 'state:waiting', 'dur:1s', 'dur:>1', 'dur:>ms', 'dur:1ms..', 'g:main', 'fn:', 'colour:red'])(
  'the word "%s" is refused by name',
  (word) => {
    expect(() => parseSearch(`state:lock ${word}`)).toThrow(
      expect.objectContaining({ code: 'trace.search-word', place: word }),
    );
  },
);

test('a search for waits finds each of them once, longest first, page by page', () => {
  const { view } = recordedTrace('truth-go1.26');
  const { waits } = view.kept;
  const expected: number[] = [];
  for (let wait = 0; wait < waits.count; wait += 1) {
    const ns = (waits.acquiredNs[wait] ?? 0) - (waits.beginNs[wait] ?? 0);
    if (siteOf(view, waits.site[wait] ?? 0).kind === 'RWMutex.RLock' && ns >= 1e6) expected.push(wait);
  }
  const found: number[] = [];
  const lengths: number[] = [];
  for (let offset = 0; ; offset += 50) {
    const page = searchTrace(view, 'state:rlock dur:>1ms', { offset });
    expect(page.total).toBe(expected.length);
    if (page.rows.length === 0) break;
    found.push(...page.rows.map(({ wait }) => wait ?? -1));
    lengths.push(...page.rows.map(({ startNs, endNs }) => endNs - startNs));
  }
  expect(expected.length).toBeGreaterThan(100);
  expect(found.toSorted((a, b) => a - b)).toEqual(expected);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
});

test('intervals are found by state, length and goroutine', () => {
  const { view } = recordedTrace('truth-go1.26');
  const goroutine = searchTrace(view, 'state:running dur:>500us').rows[0]?.goroutine ?? -1;
  let intervals = 0;
  view.each(view.goroutine(goroutine) ?? -1, 0, view.durationNs, (row, startNs, endNs) => {
    if (view.lane(row) === 'running' && endNs - startNs >= 5e5) intervals += 1;
  });
  const found = searchTrace(view, `state:running dur:>500us g:${goroutine}`);
  expect(found.total).toBe(intervals);
  expect(intervals).toBeGreaterThan(0);
  expect(found.rows.every((row) => row.goroutine === goroutine && row.state === 'running')).toBe(true);
});

test('a function is found in the stacks of waits, in any case', () => {
  const { view } = recordedTrace('truth-go1.26');
  const named = searchTrace(view, 'state:lock fn:MAIN.READER');
  const rlocks = searchTrace(view, 'state:rlock');
  expect(named.total).toBe(rlocks.total);
  expect(searchTrace(view, 'fn:noSuchFunction').total).toBe(0);
});

test('the runtime is found by its goroutine only', () => {
  const { view } = recordedTrace('truth-go1.26');
  const { goroutines } = view.kept;
  const runtime = goroutines.runtime.indexOf(1);
  expect(searchTrace(view, `g:${view.id(runtime)}`).total).toBeGreaterThan(0);
  const page = searchTrace(view, '');
  expect(page.rows.every((row) => goroutines.runtime[view.goroutine(row.goroutine) ?? 0] === 0)).toBe(true);
  expect(searchTrace(view, 'g:123456789').total).toBe(0);
});
