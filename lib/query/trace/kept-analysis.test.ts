import { expect, test } from 'vitest';
import { goCause } from '@/lib/gotrace/trace';
import { Activity } from '@/lib/locktrace/doing';
import { laneStateOf } from '@/lib/locktrace/lane-state';
import { StackClasses } from '@/lib/locktrace/stack-classes';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { openAnalysis } from './trace-view';
import { wholeTrace } from './whole-trace';

const names = ['truth-go1.26', 'recorder-go1.26', 'eight-locks-go1.26', 'locks-go1.22', 'locks-go1.26', 'gens-go1.26'];

test.each(names)('%s: waits, holds, locks and symbols come back as they were', (name) => {
  const { trace, locks, view } = recordedTrace(name);
  const { waits, holds, head, symbols } = view.kept;
  expect(waits).toEqual(locks.waits);
  expect(holds).toEqual(locks.holds);
  expect([head.locks, head.sites, head.convoys, head.notes]).toEqual(
    JSON.parse(JSON.stringify([locks.locks, locks.sites, locks.convoys, locks.notes])),
  );
  expect(symbols).toEqual(trace.symbols);
  expect([head.durationNs, head.events, head.generations]).toEqual([
    trace.durationNs,
    trace.events,
    trace.generations.length,
  ]);
});

test.each(names)('%s: every goroutine has the intervals and states that the trace has', (name) => {
  const { trace, view } = recordedTrace(name);
  const classes = new StackClasses(trace.symbols);
  const activity = new Activity(trace, classes);
  let intervals = 0;
  for (let g = 0; g < trace.goroutines.count; g += 1) {
    const expected: unknown[] = [];
    activity.each(g, 0, trace.durationNs, (row, startNs, endNs) =>
      expected.unshift([laneStateOf(trace, row, classes), startNs, endNs]),
    );
    const found: unknown[] = [];
    view.each(g, 0, trace.durationNs, (row, startNs, endNs) => found.push([view.lane(row), startNs, endNs]));
    expect(found).toEqual(expected);
    expect(view.doing(g, 1e5, 1e9)).toEqual(activity.between(g, 1e5, 1e9));
    intervals += found.length;
  }
  expect(intervals).toBeGreaterThan(100);
});

test('the trace out of a kept analysis tells who woke whom', () => {
  const { trace, view } = recordedTrace('locks-go1.26');
  const whole = wholeTrace(view.kept);
  const edges = (of: typeof trace) => {
    const found: string[] = [];
    for (let row = 0; row < of.log.count; row += 1)
      if (of.log.by[row] !== -1 && (of.log.cause[row] === goCause.unblocked || of.log.cause[row] === goCause.created))
        found.push(`${of.log.timeNs[row]} G${of.log.by[row]} G${of.log.goroutine[row]} ${of.log.stack[row]}`);
    return found.sort();
  };
  expect(edges(whole)).toEqual(edges(trace));
  expect(edges(whole).length).toBeGreaterThan(500);
});

test('a kept analysis is not more than three times the raw trace', () => {
  for (const name of ['truth-go1.26', 'recorder-go1.26', 'eight-locks-go1.26']) {
    const { kept, fileBytes } = recordedTrace(name);
    expect(kept.length / fileBytes, name).toBeLessThan(3);
  }
});

test('another version and a damaged file are refused by code', () => {
  const { kept } = recordedTrace('gens-go1.26');
  const other = kept.slice();
  other[4] = (other[4] ?? 0) + 1;
  expect(() => openAnalysis(other)).toThrow(expect.objectContaining({ code: 'trace.analysis-version' }));
  expect(() => openAnalysis(kept.slice(0, kept.length - 8))).toThrow(
    expect.objectContaining({ code: 'trace.analysis-damaged' }),
  );
});
