import { expect, test } from 'vitest';
import { openTrace } from '@/tests/support/recorded-trace';
import { traceOfScene } from '@/tests/support/trace-scene';
import { searchTrace } from './search';
import { summaryOf } from './summary';
import { tileOf } from './tile';
import { waitDetail } from './wait-detail';

/** 64 ns a unit. G1 holds the configuration over two queries, G2 waits for it with the ledger in its hands, G3 for the ledger. */
const { view } = openTrace(
  traceOfScene(`
    go1.26
    generation 1
    thread 0 at=10
      ProcStatus p=0 pstatus=running
      GoStatus g=2 m=none gstatus=runnable
      GoStatus g=3 m=none gstatus=runnable
      GoStatus g=1 gstatus=running
      GoBlock at=1000 reason_string="sleep" stack="time.Sleep:1 < shop.driver:5 < shop.QueryRules:10 < shop.build:20 < shop.Reload:30"
      GoStart at=1100 g=2 g_seq=1
      GoBlock at=1200 reason_string="sync" stack="sync.(*RWMutex).RLock:74 < shop.GetConfig:8 < shop.CreateOrder:50"
      GoStart at=1300 g=3 g_seq=1
      GoBlock at=1400 reason_string="sync" stack="sync.(*Mutex).Lock:46 < shop.Append:90"
      GoUnblock at=3000 g=1 g_seq=1
      GoStart at=3010 g=1 g_seq=2
      GoBlock at=3100 reason_string="sleep" stack="time.Sleep:1 < shop.driver:5 < shop.QueryUsers:11 < shop.build:21 < shop.Reload:30"
      GoUnblock at=6000 g=1 g_seq=3
      GoStart at=6010 g=1 g_seq=4
      GoUnblock at=6100 g=2 g_seq=2 stack="sync.(*RWMutex).Unlock:200 < shop.Reload:35"
      GoBlock at=6110 reason_string="sleep" stack="time.Sleep:1 < shop.reloader:3"
      GoStart at=6200 g=2 g_seq=3
      GoUnblock at=6250 g=3 g_seq=2 stack="sync.(*Mutex).Unlock:65 < shop.CreateOrder:60"
      GoBlock at=6300 reason_string="sleep" stack="time.Sleep:1 < shop.client:3"
      GoStart at=6400 g=3 g_seq=3
      GoBlock at=6500 reason_string="sleep" stack="time.Sleep:1 < shop.client:3"
  `),
);
const units = (ns: number) => Math.round(ns / 64);

function waitOf(goroutine: number): number {
  return searchTrace(view, `state:lock g:${goroutine}`).rows[0]?.wait ?? -1;
}

test('what the holder did is named where its calls part, not where all of them end', () => {
  const parts = waitDetail(view, waitOf(2)).hold?.parts ?? [];
  expect(parts.map(({ state, function: name, ns, times }) => `${state} ${name} ${units(ns)} ×${times}`)).toEqual([
    'sleep shop.QueryUsers 2900 ×1',
    'sleep shop.QueryRules 1800 ×1',
    'running  180 ×2',
    'runnable  20 ×2',
  ]);
});

test('the chain goes from the last in line to what the first one does', () => {
  const { chain } = waitDetail(view, waitOf(3));
  expect(chain.map(({ goroutine, what }) => `G${goroutine} ${what}`)).toEqual([
    'G3 waited for shop.Append in Append (Mutex.Lock)',
    'G2 held the lock in CreateOrder, at least from here on',
    'G2 waited for shop.GetConfig in GetConfig (RWMutex.RLock)',
    'G1 held the write lock in Reload, at least from here on',
    'G1 slept in QueryUsers',
  ]);
});

test('the headline adds the queries up and names the longest', () => {
  const { headline } = summaryOf(view);
  expect(headline?.holder).toBe('shop.Reload');
  expect(headline?.most).toMatchObject({ state: 'sleep', function: 'shop.QueryUsers' });
  expect(headline?.most?.share).toBeCloseTo(4_700 / 4_900, 6);
  expect(headline?.most?.functionShare).toBeCloseTo(2_900 / 4_900, 6);
  expect([headline?.start, units(headline?.holdNs ?? 0), headline?.victims]).toEqual(['bounded', 4_900, 1]);
});

test('the lane of the holder has the calls as labels', () => {
  const tile = tileOf(view, { fromNs: 0, toNs: view.durationNs, pixels: 1_000, lock: summaryOf(view).headline?.lock });
  const labels = tile.holders[0]?.bars.filter((bar) => bar.state === 'sleep').map((bar) => bar.label);
  expect(labels).toEqual(['QueryRules', 'QueryUsers', 'reloader']);
});
