import { expect, test } from 'vitest';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { summaryOf } from './summary';
import { tileOf } from './tile';

const names = ['truth-go1.26', 'recorder-go1.26', 'eight-locks-go1.26', 'locks-go1.26'];

test.each(names)('%s: the headline is the costliest convoy, with the hold that made it', (name) => {
  const { view, locks } = recordedTrace(name);
  const { headline } = summaryOf(view);
  const costliest = locks.convoys.find((convoy) => locks.locks[convoy.lock]?.isLock === true);
  expect(headline?.lock).toBe(locks.locks[costliest?.lock ?? -1]?.id);
  expect(headline?.goroutine).toBe(view.id(costliest?.culprit.goroutine ?? -1));
  expect(headline?.victims).toBe(costliest?.victims);
  expect(headline?.kind).toBe(costliest?.kind);
  expect(headline?.fromNs).toBeLessThanOrEqual(costliest?.atNs ?? 0);
  expect(headline?.toNs).toBeGreaterThanOrEqual((costliest?.atNs ?? 0) + (costliest?.durationNs ?? 0));
});

test('the writer of the truth recording is named, with what it did', () => {
  const headline = summaryOf(recordedTrace('truth-go1.26').view).headline;
  expect(headline?.holder).toBe('main.writer');
  expect(headline?.waiter).toBe('main.reader');
  expect(headline?.start).toBe('exact');
  expect(headline?.most?.share).toBeGreaterThan(0.5);
});

test('waits that nothing ended in the trace are still told, with no holder invented', () => {
  const { view } = recordedTrace('gens-go1.26');
  const { headline } = summaryOf(view);
  expect([headline?.victims, headline?.start, headline?.holdNs]).toEqual([1, 'unknown', undefined]);
  const lock = view.lockNumber(headline?.lock ?? '');
  const tile = tileOf(view, {
    fromNs: headline?.fromNs ?? 0,
    toNs: headline?.toNs ?? 0,
    pixels: 10,
    lock: headline?.lock,
  });
  expect(lock).toBeDefined();
  expect(tile.waiters.length).toBeGreaterThan(0);
});
