import { describe, expect, test } from 'vitest';
import { rangeKind } from '@/lib/gotrace/trace';
import { recordedTrace, skewedTrace } from '@/tests/support/recorded-trace';
import { criticalPath } from './critical-path';
import { Activity } from './doing';
import { holdMode, holdStart, waitFlag } from './lock-trace';
import { StackClasses } from './stack-classes';

const recordings = [
  'locks-go1.22',
  'locks-go1.23',
  'locks-go1.25',
  'locks-go1.26',
  'gens-go1.26',
  'truth-go1.26',
  'eight-locks-go1.26',
  'recorder-go1.26',
];

describe.each([
  ...recordings.map((name) => [name, recordedTrace(name)] as const),
  // As if the clocks of threads differed by up to 20 µs either way.
  ...recordings.map((name) => [`${name}, clocks apart`, skewedTrace(name)] as const),
])('%s', (_, { trace, locks: found }) => {
  const { waits, holds, locks, convoys } = found;
  const rows = Array.from({ length: waits.count }, (_, row) => row);
  const numbers = Array.from({ length: holds.count }, (_, hold) => hold);
  const wait = (row: number) => ({
    begin: waits.beginNs[row] ?? 0,
    granted: waits.grantedNs[row] ?? 0,
    acquired: waits.acquiredNs[row] ?? 0,
    blocked: waits.blockedNs[row] ?? 0,
    wakeup: waits.wakeupNs[row] ?? 0,
    drains: !Number.isNaN(waits.drainBeginNs[row]),
    until: Number.isNaN(waits.grantedNs[row]) ? trace.durationNs : (waits.grantedNs[row] ?? 0),
    cut: ((waits.flags[row] ?? 0) & (waitFlag.beganBefore | waitFlag.unfinished)) !== 0,
  });
  const activity = new Activity(trace, new StackClasses(trace.symbols));
  const holdOf = (hold: number) => ({
    start: holds.startNs[hold] ?? 0,
    certain: holds.certainNs[hold] ?? 0,
    end: Number.isNaN(holds.endNs[hold]) ? trace.durationNs : (holds.endNs[hold] ?? 0),
  });

  test('waits come by begin, are woken after it and run after that', () => {
    const begins = rows.map((row) => wait(row).begin);
    expect(begins).toEqual(begins.toSorted((a, b) => a - b));
    const wrong = rows.filter((row) => {
      const { begin, granted, acquired } = wait(row);
      return granted < begin || acquired < granted;
    });
    expect(wrong).toEqual([]);
  });

  test('blocked and wake-up are the whole of a wait, but for what a woken waiter takes to block again', () => {
    const wrong = rows.filter((row) => {
      const { begin, acquired, blocked, wakeup, drains } = wait(row);
      const between = acquired - begin - blocked - wakeup;
      return between < -1 || between > ((waits.blocks[row] ?? 1) - 1) * (drains ? 1e6 : 10_000) + 1;
    });
    expect(wrong).toEqual([]);
  });

  test('every lock’s numbers are the sums of its rows, every wait is in one', () => {
    expect(locks.reduce((sum, lock) => sum + lock.waits, 0)).toBe(waits.count);
    for (const [number, lock] of locks.entries()) {
      const own = rows.filter((row) => waits.lock[row] === number);
      const sum = (of: (row: number) => number) => own.reduce((total, row) => total + of(row), 0);
      expect(lock.waits).toBe(own.length);
      expect(lock.percentiles.n + lock.percentiles.censored).toBe(lock.waits);
      expect(lock.percentiles.censored).toBe(own.filter((row) => wait(row).cut).length);
      expect(lock.blockedNs).toBeCloseTo(
        sum((row) => wait(row).blocked),
        0,
      );
      expect(lock.wakeupNs).toBeCloseTo(
        sum((row) => wait(row).wakeup),
        0,
      );
      expect(lock.waiters.reduce((all, waiter) => all + waiter.waits, 0)).toBe(lock.waits);
      expect(lock.waiters.reduce((all, waiter) => all + waiter.totalNs, 0)).toBeCloseTo(lock.totalNs, 0);
      expect(lock.episodes).toBe(new Set(own.map((row) => waits.episode[row])).size);
      const released = lock.holders.reduce((all, holder) => all + holder.waitReleasedNs, 0);
      expect(released).toBeLessThanOrEqual(sum((row) => wait(row).until - wait(row).begin) + 1);
    }
    expect(locks.map(({ totalNs }) => totalNs)).toEqual(locks.map(({ totalNs }) => totalNs).toSorted((a, b) => b - a));
  });

  test('a percentile is the smallest wait that so large a share does not exceed', () => {
    for (const [number, lock] of locks.entries()) {
      const lengths = rows
        .filter((row) => waits.lock[row] === number && !wait(row).cut)
        .map((row) => wait(row).acquired - wait(row).begin);
      const smallest = (share: number) =>
        lengths.filter((ns) => lengths.filter((other) => other <= ns).length >= share * lengths.length - 1e-9);
      for (const [share, ns] of [
        [0.5, lock.percentiles.p50Ns],
        [0.9, lock.percentiles.p90Ns],
        [0.99, lock.percentiles.p99Ns],
        [1, lock.percentiles.maxNs],
      ] as const) {
        if (lengths.length > 1_500) continue; // quadratic; the large ones are compared with the truth
        expect(ns).toBe(lengths.length === 0 ? null : Math.min(...smallest(share)));
      }
    }
  });

  test('the longest queue is as long as counting at every begin says, and the mean is the waiting over the time', () => {
    for (const [number, lock] of locks.entries()) {
      const own = rows.filter((row) => waits.lock[row] === number).map((row) => wait(row));
      const depths = own.map(({ begin }) => own.filter((other) => other.begin <= begin && begin < other.until).length);
      // A wait of no length is one for a moment.
      expect(lock.queue.max).toBe(Math.max(...depths, own.length === 0 ? 0 : 1));
      const waited = own.reduce((sum, one) => sum + Math.max(one.until - one.begin, 0), 0);
      expect(lock.queue.avg).toBeCloseTo(waited / trace.durationNs, 9);
    }
  });

  test('a hold lies in order, and what its release ended are waits for its lock that its goroutine woke', () => {
    for (const hold of numbers) {
      const { start, certain, end } = holdOf(hold);
      expect(start <= certain && certain <= end, `hold ${hold}: ${start} ${certain} ${end}`).toBe(true);
      if (holds.start[hold] === holdStart.exact) expect(certain).toBe(start);
      if (holds.mode[hold] === holdMode.read) expect(holds.start[hold]).not.toBe(holdStart.exact);
    }
    for (const row of rows) {
      const hold = waits.hold[row] ?? -1;
      if (hold < 0) continue;
      expect([waits.by[row], waits.lock[row]]).toEqual([holds.goroutine[hold], holds.lock[hold]]);
      expect(wait(row).granted).toBeGreaterThanOrEqual(holdOf(hold).end);
    }
    const released = new Float64Array(holds.count);
    for (const row of rows) {
      const hold = waits.hold[row] ?? -1;
      if (hold >= 0) released[hold] = (released[hold] ?? 0) + wait(row).granted - wait(row).begin;
    }
    for (const hold of numbers) expect(holds.waitReleasedNs[hold]).toBeCloseTo(released[hold] ?? 0, 0);
  });

  test('no mutex is held by two at once where both starts are exact and the lock instance is one', () => {
    const byEpisode = new Map<number, { start: number; end: number }[]>();
    for (const row of rows) {
      const hold = waits.hold[row] ?? -1;
      if (hold < 0 || holds.mode[hold] !== holdMode.mutex || holds.start[hold] !== holdStart.exact) continue;
      const list = byEpisode.get(waits.episode[row] ?? 0) ?? [];
      if (!list.some(({ end }) => end === holdOf(hold).end)) list.push(holdOf(hold));
      byEpisode.set(waits.episode[row] ?? 0, list);
    }
    const overlaps = [...byEpisode.values()].flatMap((list) =>
      list.toSorted((a, b) => a.end - b.end).filter((next, index, all) => next.start < (all[index - 1]?.end ?? 0)),
    );
    expect(overlaps).toEqual([]);
  });

  test('no wait lasts less than no time, and clocks that differ are told', () => {
    for (const row of rows) {
      expect(waits.blockedNs[row]).toBeGreaterThanOrEqual(0);
      expect(waits.wakeupNs[row]).toBeGreaterThanOrEqual(0);
    }
    expect(found.notes.some(({ code }) => code === 'trace.skew')).toBe((trace.backwards?.intervals ?? 0) > 0);
  });

  test('what a holder did adds up to the certain part of its hold', () => {
    for (const hold of numbers) {
      const { certain, end } = holdOf(hold);
      const done = activity.between(holds.goroutine[hold] ?? 0, certain, end);
      const sum = Object.values(done).reduce((total, ns) => total + ns, 0);
      // An interval that ends before it begins is in no part.
      expect(Math.abs(sum - (end - certain))).toBeLessThanOrEqual(0.5 + (trace.backwards?.largestNs ?? 0));
    }
    const assists = numbers.map(
      (hold) => activity.between(holds.goroutine[hold] ?? 0, holdOf(hold).certain, holdOf(hold).end).gc,
    );
    expect(found.gc.assistInHoldsNs).toBeCloseTo(
      assists.reduce((sum, ns) => sum + ns, 0),
      0,
    );
  });

  test('a convoy of a writer or a mutex is what was waited for that instance while it was held', () => {
    for (const convoy of convoys) {
      expect(convoy.victims).toBeGreaterThan(1);
      expect(convoy.pendingNs).toBeLessThanOrEqual(convoy.waitNs + 1);
      if (convoy.kind === 'slow reader') continue;
      expect(convoy.heldNs).toBe(convoy.waitNs);
      const [from, to] = [convoy.atNs, convoy.atNs + convoy.durationNs];
      const hold = numbers.find(
        (one) => holdOf(one).certain === from && holds.goroutine[one] === convoy.culprit.goroutine,
      );
      const first = rows.find((row) => waits.hold[row] === hold);
      if (first === undefined) continue;
      const shared = rows.filter((row) => waits.episode[row] === waits.episode[first]);
      const overlaps = shared.map((row) => Math.min(wait(row).until, to) - Math.max(wait(row).begin, from));
      expect(convoy.waitNs).toBeCloseTo(
        overlaps.reduce((sum, ns) => sum + Math.max(ns, 0), 0),
        0,
      );
    }
    expect(convoys.map(({ waitNs }) => waitNs)).toEqual(convoys.map(({ waitNs }) => waitNs).toSorted((a, b) => b - a));
  });

  test('the collector’s share is what of the waits for locks lies in its mark phases', () => {
    const { ranges } = trace;
    const marks = Array.from({ length: ranges.count }, (_, row) => row)
      .filter((row) => ranges.kind[row] === rangeKind.gcMark)
      .map((row) => ({ start: ranges.startNs[row] ?? 0, end: ranges.endNs[row] ?? 0 }));
    const forLocks = rows.filter((row) => locks[waits.lock[row] ?? 0]?.isLock === true).map((row) => wait(row));
    const waited = forLocks.reduce((sum, { begin, until }) => sum + until - begin, 0);
    const inside = forLocks.reduce((sum, { begin, until }) => {
      const parts = marks.map(({ start, end }) => Math.max(Math.min(end, until) - Math.max(start, begin), 0));
      return sum + parts.reduce((all, ns) => all + ns, 0);
    }, 0);
    if (marks.length === 0 || waited === 0) expect(found.gc.waitShare).toBeNull();
    else expect(found.gc.waitShare).toBeCloseTo(inside / waited, 9);
  });

  test('the paths of the longest waits cover them, without gaps or overlaps', () => {
    const classes = new StackClasses(trace.symbols);
    const longest = rows
      .toSorted((a, b) => wait(b).until - wait(b).begin - (wait(a).until - wait(a).begin))
      .slice(0, 20);
    for (const row of longest) {
      const request = { goroutine: waits.goroutine[row] ?? 0, fromNs: wait(row).begin, toNs: wait(row).until };
      const { steps } = criticalPath(trace, request, { classes, intervals: activity });
      expect([steps[0]?.fromNs, steps.at(-1)?.toNs]).toEqual([request.fromNs, request.toNs]);
      for (const [index, step] of steps.entries()) if (index > 0) expect(step.fromNs).toBe(steps[index - 1]?.toNs);
    }
  });
});
