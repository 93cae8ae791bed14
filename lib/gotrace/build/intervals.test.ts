import { expect, test } from 'vitest';
import { traceOfScene } from '@/tests/support/trace-scene';
import { readTrace } from '../read-trace';
import { bufferSource } from '../source';
import { goCause, goState, type Trace } from '../trace';

const names = (of: Record<string, number>) => new Map(Object.entries(of).map(([name, id]) => [id, name]));
const states = names(goState);
const causes = names(goCause);

/** A clock of a million units a second: times are microseconds. */
const read = (scene: string): Trace =>
  readTrace(bufferSource(traceOfScene(scene.replaceAll(/^( *generation.*)$/gm, '$1 freq=1000000'))));

/** The rows of the log: time in µs, goroutine, state, cause, reason, who did it, and where. */
function rowsOf({ goroutines, log, symbols }: Trace): string[] {
  const stack = (id: number): string =>
    Array.from(
      symbols.stackFrames.subarray(symbols.stackStart[id], symbols.stackStart[id + 1]),
      (frame) => symbols.strings[symbols.frameFunction[frame] ?? 0],
    ).join('<');
  return Array.from(log.timeNs, (timeNs, row) => {
    const by = log.by[row] ?? -1;
    const words = [
      timeNs / 1_000,
      `g${goroutines.id[log.goroutine[row] ?? 0]}`,
      states.get(log.state[row] ?? -1),
      causes.get(log.cause[row] ?? -1),
      symbols.strings[log.reason[row] ?? 0],
      by === -1 ? '' : `by g${goroutines.id[by]}`,
      stack(log.stack[row] ?? 0),
    ];
    return words.filter((word) => word !== '').join(' ');
  });
}

const runs = `
  thread 0 at=100
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running`;

test('what is only stated holds since the start of the trace, and later statements change nothing', () => {
  const trace = read(`
    go1.26
    generation 1 time=50
    ${runs}
    thread none at=900
      GoStatusStack g=2 m=none gstatus=waiting stack="runtime.gopark:1 < main.idle:2"
    generation 2 time=1000
    thread 0 at=1000
      ProcStatus p=0 pstatus=running
      GoStatus g=1 gstatus=running at=1100
      GoUnblock g=2 g_seq=1 at=1300
    thread none at=1200
      GoStatus g=2 m=none gstatus=waiting
  `);
  // The scene's tables are at 50.
  expect(rowsOf(trace)).toEqual([
    '0 g1 running status',
    '0 g2 waiting status runtime.gopark<main.idle',
    '1250 g2 runnable unblocked by g1',
  ]);
  expect(trace.durationNs).toBe(1_250_000);
});

test('a wait whose block was seen without a stack learns it from a later status', () => {
  const trace = read(`
    go1.26
    generation 1
    ${runs}
      GoBlock reason_string="sync" at=200
    generation 2
    thread none at=1200
      GoStatusStack g=1 m=none gstatus=waiting stack="runtime.gopark:1 < sync.(*Mutex).Lock:2 < main.get:3"
  `);
  expect(rowsOf(trace)).toEqual([
    '0 g1 running status',
    '200 g1 waiting blocked sync runtime.gopark<sync.(*Mutex).Lock<main.get',
  ]);
});

test('each wait carries its own stack, each wake-up that of the one who woke', () => {
  const trace = read(`
    go1.26
    generation 1
    ${runs}
      GoCreate new_g=2 new_stack="main.worker:7" stack="main.main:3" at=200
      GoBlock reason_string="sync" stack="sync.(*Mutex).Lock:2 < main.get:3" at=300
      GoStart g=2 g_seq=1 at=310
      GoUnblock g=1 g_seq=1 stack="sync.(*Mutex).Unlock:4 < main.put:5" at=400
      GoStop reason_string="preempted" stack="main.worker:8" at=410
      GoStart g=1 g_seq=2 at=420
      GoSyscallBegin p_seq=1 stack="syscall.write:9" at=430
      GoSyscallEnd at=440
      GoDestroy at=450
  `);
  expect(rowsOf(trace)).toEqual([
    '0 g1 running status',
    '200 g2 runnable created by g1 main.main',
    '300 g1 waiting blocked sync sync.(*Mutex).Lock<main.get',
    '310 g2 running started',
    '400 g1 runnable unblocked by g2 sync.(*Mutex).Unlock<main.put',
    '410 g2 runnable stopped preempted main.worker',
    '420 g1 running started',
    '430 g1 syscall syscallBegin syscall.write',
    '440 g1 running syscallEnd',
    '450 g1 gone destroyed',
  ]);
  const { goroutines, symbols } = trace;
  expect(symbols.strings[goroutines.name[1] ?? 0]).toBe('main.worker');
  expect([goroutines.parent[0], goroutines.parent[1]]).toEqual([-1, 0]);
});

test('a goroutine id that a C thread uses again is another goroutine', () => {
  const trace = read(`
    go1.26
    generation 1
    thread 0 at=100
      GoCreateSyscall new_g=5 at=100
      GoDestroySyscall at=200
    thread 1 at=300
      GoCreateSyscall new_g=5 at=300
      GoDestroySyscall at=400
  `);
  expect(rowsOf(trace)).toEqual([
    '100 g5 syscall created',
    '200 g5 gone destroyed',
    '300 g5 syscall created',
    '400 g5 gone destroyed',
  ]);
  expect(Array.from(trace.log.goroutine)).toEqual([0, 0, 1, 1]);
});

test('a goroutine that hands over its thread waits since then, and the other runs', () => {
  const trace = read(`
    go1.23
    generation 1
    ${runs}
      GoCreateBlocked new_g=2 new_stack="iter.Pull:1" at=200
      GoSwitch g=2 g_seq=1 at=300
      GoSwitchDestroy g=1 g_seq=1 at=400
  `);
  expect(rowsOf(trace)).toEqual([
    '0 g1 running status',
    '200 g2 waiting created by g1',
    '300 g2 runnable unblocked by g1',
    '300 g1 waiting switchedAway',
    '300 g2 running switchedTo',
    '400 g1 runnable unblocked by g2',
    '400 g2 gone destroyed',
    '400 g1 running switchedTo',
  ]);
});

test('times stay as they were written; what they make shorter than nothing is counted', () => {
  const trace = read(`
    go1.26
    generation 1
    ${runs}
      GoBlock reason_string="sync" at=500
    thread 1 at=100
      ProcStatus p=1 pstatus=running
      GoStatus g=2 gstatus=running
      GoUnblock g=1 g_seq=1 at=480
      GoBlock reason_string="sleep" at=490
      GoStart g=1 g_seq=2 at=495
  `);
  expect(rowsOf(trace).slice(2)).toEqual([
    '500 g1 waiting blocked sync',
    '480 g1 runnable unblocked by g2',
    '490 g2 waiting blocked sleep',
    '495 g1 running started',
  ]);
  expect(trace.backwards).toEqual({ intervals: 1, largestNs: 20_000 });
});

test('ranges that lasted when the trace began or ended say so', () => {
  const { ranges, symbols } = read(`
    go1.26
    generation 1
    ${runs}
      GCActive gc_seq=3
      GCMarkAssistActive g=1
      GCMarkAssistEnd at=200
      GCEnd gc_seq=4 at=300
      STWBegin kind_string="GC mark termination" at=400
      HeapAlloc heapalloc_value=1 at=500
  `);
  const shown = Array.from(ranges.kind, (kind, row) =>
    [kind, ranges.startNs[row], ranges.endNs[row], ranges.open[row], symbols.strings[ranges.name[row] ?? 0]].join(' '),
  );
  expect(shown).toEqual(['0 0 300000 1 ', '2 0 200000 1 ', '1 400000 500000 2 GC mark termination']);
});

test('a message is placed after the newest row of its goroutine', () => {
  const { logs } = read(`
    go1.26
    generation 1
    ${runs}
      UserLog task=0 key_string="lock" value_string="orders" at=200
      GoCreate new_g=2 at=300
      UserLog task=0 key_string="lock" value_string="users" at=400
  `);
  expect([Array.from(logs.afterRow), Array.from(logs.timeNs)]).toEqual([
    [0, 0],
    [200_000, 400_000],
  ]);
});
