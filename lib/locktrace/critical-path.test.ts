import { expect, test } from 'vitest';
import { analysedStory } from '@/tests/support/printed-locks';
import { criticalPath } from './critical-path';
import { Activity } from './doing';
import { StackClasses } from './stack-classes';

/** The path of a goroutine from `from` to `to`, microseconds: `from..to goroutine state function`. */
function pathOf(story: string, id: number, from: number, to: number): string[] {
  const { trace } = analysedStory(story);
  const classes = new StackClasses(trace.symbols);
  const request = { goroutine: trace.goroutines.id.indexOf(id), fromNs: from * 1_000, toNs: to * 1_000 };
  const { steps } = criticalPath(trace, request, { classes, intervals: new Activity(trace, classes) });
  return steps.map(({ goroutine, state, function: name, fromNs, toNs, depth }) =>
    `${fromNs / 1_000}..${toNs / 1_000} ${'> '.repeat(depth)}g${trace.goroutines.id[goroutine]} ${state} ${name}`.trim(),
  );
}

const chain = `
  10 g2 blocks Mutex.Lock main.get main.serve
  15 g1 blocks receive main.put
  20 g3 blocks network main.query
  40 g0 wakes g3
  42 g3 runs
  45 g3 wakes g1 send main.query
  47 g1 runs
  50 g1 wakes g2 Mutex.Unlock main.put
  53 g2 runs
  60 g2 GoSyscallBegin p_seq=1 stack="syscall.Write:1"
  70 g2 GoSyscallEnd
  90 end`;

test('a request goes over two wake-ups to the network that all wait for, and back', () => {
  expect(pathOf(chain, 2, 0, 80)).toEqual([
    '0..10 g2 running',
    '10..15 > g1 running',
    '15..20 > > g3 running',
    '20..40 > > g3 network main.query',
    '40..42 > > g3 runnable',
    '42..45 > > g3 running',
    '45..47 > g1 runnable',
    '47..50 > g1 running',
    '50..53 g2 runnable',
    '53..60 g2 running',
    '60..70 g2 syscall syscall.Write',
    '70..80 g2 running',
  ]);
});

test('a part of a request is the same path, cut', () => {
  expect(pathOf(chain, 2, 18, 44)).toEqual([
    '18..20 > > g3 running',
    '20..40 > > g3 network main.query',
    '40..42 > > g3 runnable',
    '42..44 > > g3 running',
  ]);
});

test('a wait that nobody had ended is the goroutine’s own', () => {
  expect(pathOf('10 g2 blocks Mutex.Lock main.get\n50 end', 2, 0, 50)).toEqual([
    '0..10 g2 running',
    '10..50 g2 lock main.get',
  ]);
});

test('before the goroutine that ends a wait was there, the wait is its own: no gap', () => {
  expect(
    pathOf(
      `
      10 g1 blocks receive main.collect
      30 g3 creates g2
      32 g2 runs
      40 g2 wakes g1 send main.worker
      41 g1 runs
      60 end`,
      1,
      0,
      50,
    ),
  ).toEqual([
    '0..10 g1 running',
    '10..30 g1 channel main.collect',
    '30..32 > g2 runnable',
    '32..40 > g2 running',
    '40..41 g1 runnable',
    '41..50 g1 running',
  ]);
});

test('a goroutine that would end its own wait, as clocks of threads that disagree may tell it, is not followed', () => {
  // G2 wakes G1 at 40 and is woken by G1 at 45: G1 wrote that before, with a clock that is ahead.
  const { trace } = analysedStory(`
    10 g1 blocks receive main.a
    20 g2 wakes g1 send main.b
    21 g1 runs
    22 g2 blocks receive main.b
    30 g1 wakes g2 send main.a
    31 g2 runs
    32 g1 blocks receive main.a
    40 g2 wakes g1 send main.b
    41 g1 runs
    60 end`);
  const woken = trace.log.timeNs.indexOf(30_000);
  const runs = trace.log.timeNs.indexOf(31_000);
  // As a kept log tells it: within a goroutine times never fall.
  trace.log.timeNs.fill(45_000, woken, woken + 1).fill(45_000, runs, runs + 1);
  const classes = new StackClasses(trace.symbols);
  const request = { goroutine: trace.goroutines.id.indexOf(1), fromNs: 0, toNs: 60_000 };
  const { cut } = criticalPath(trace, request, { classes, intervals: new Activity(trace, classes) });
  expect(cut).toBeGreaterThan(0);
});
