import { expect, test } from 'vitest';
import { traceOfScene } from '@/tests/support/trace-scene';
import { readTrace } from '../read-trace';
import { bufferSource } from '../source';
import { goState, type Trace } from '../trace';

const states = new Map<number, string>(Object.entries(goState).map(([name, state]) => [state, name]));

const read = (scene: string): Trace => readTrace(bufferSource(traceOfScene(scene)));

/** The states of a goroutine as `from state`, microseconds since the start of the trace, in order. */
function lifeOf({ goroutines, log }: Trace, id: number): string[] {
  const lives: string[] = [];
  for (let g = 0; g < goroutines.count; g += 1) {
    if (goroutines.id[g] !== id) continue;
    for (let row = goroutines.firstRow[g] ?? -1; row !== -1; row = log.next[row] ?? -1) {
      lives.push(`${(log.timeNs[row] ?? 0) / 1_000} ${states.get(log.state[row] ?? -1)}`);
    }
  }
  return lives;
}

/** A clock of a million units a second: times are microseconds. */
const first = `
  generation 1 freq=1000000 time=0
  thread 0 at=0
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running
    GoCreate new_g=2 new_stack="main.stays:1" at=100
    GoCreate new_g=3 new_stack="main.ends:2"
    UserTaskBegin task=5 parent_task=0 name_string="request" at=110
    UserRegionBegin task=5 name_string="outer"
    UserRegionBegin task=5 name_string="inner"
    GCMarkAssistBegin at=120
    GCMarkAssistEnd at=130
    GCMarkAssistBegin at=140
    HeapAlloc heapalloc_value=1 at=200`;
const lost = (number: number, at: number): string => `
  generation ${number} freq=1000000 time=${at}
  thread 0 at=${at}
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running
    GCMarkAssistEnd
    UserRegionEnd task=5 name_string="inner"
    UserRegionBegin task=5 name_string="lost"
    UserTaskEnd task=5
    UserTaskBegin task=6 parent_task=0 name_string="lost"
    UserLog task=6 key_string="k" value_string="lost"
    GoCreate new_g=4 new_stack="main.unseen:3"
    GoBlock reason_string="sync"
    GoStart g=3 g_seq=7`;
const last = `
  generation 3 freq=1000000 time=2000
  thread 0 at=2000
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running at=2100
    GoStatus g=2 m=none gstatus=waiting
    GoCreate new_g=9 new_stack="main.fresh:4" at=2200
    UserRegionEnd task=5 name_string="outer"
    UserTaskEnd task=5 at=2300
    UserLog task=5 key_string="k" value_string="kept" at=2400
    GCMarkAssistBegin at=2500
    GCMarkAssistEnd at=2600`;
const trace = read(`go1.26\n${first}${lost(2, 1_000)}${last}`);

test('a generation that cannot be ordered is left out and told, those around it are read', () => {
  expect(trace.lost).toEqual([
    {
      code: 'gotrace.missing',
      message: expect.stringContaining('no thread can go on'),
      generation: 2,
      offset: trace.generations[0]?.offset === undefined ? Number.NaN : 16 + (trace.generations[0].bytes ?? 0),
      bytes: (trace.generations[1]?.offset ?? 0) - 16 - (trace.generations[0]?.bytes ?? 0),
    },
  ]);
  expect(trace.generations.map(({ number, startNs, endNs }) => `${number} ${startNs}..${endNs}`)).toEqual([
    '1 0..200000',
    '3 2000000..2600000',
  ]);
});

test('states are unknown from the end of what was read before to what is stated after', () => {
  expect(lifeOf(trace, 1)).toEqual(['0 running', '200 unknown', '2000 running']);
  expect(lifeOf(trace, 2)).toEqual(['100 runnable', '200 unknown', '2000 waiting']);
});

test('who is not stated after the gap is gone, and who was seen in it only never was', () => {
  expect(lifeOf(trace, 3)).toEqual(['101 runnable', '200 unknown', '2000 gone']);
  expect(lifeOf(trace, 4)).toEqual([]);
  expect(lifeOf(trace, 9)).toEqual(['2200 runnable']);
  expect(trace.symbols.strings[trace.goroutines.name[trace.goroutines.count - 1] ?? 0]).toBe('main.fresh');
});

test('a task is ended by its number, a region that was open at the gap by nothing', () => {
  const { tasks, regions, logs, symbols } = trace;
  expect([tasks.count, tasks.startNs[0], tasks.endNs[0]]).toEqual([1, 110_000, 2_300_000]);
  const shown = Array.from(regions.startNs, (startNs, row) => [
    symbols.strings[regions.name[row] ?? 0],
    startNs,
    regions.endNs[row],
  ]);
  expect(shown).toEqual([
    ['outer', Number.NaN, 2_201_000],
    ['outer', 111_000, Number.NaN],
    ['inner', 112_000, Number.NaN],
  ]);
  expect([logs.count, symbols.strings[logs.value[0] ?? 0]]).toEqual([1, 'kept']);
});

test('a range that was open at the gap ends there, with its end unseen', () => {
  const { ranges } = trace;
  expect(Array.from(ranges.startNs, (startNs, row) => [startNs, ranges.endNs[row], ranges.open[row]])).toEqual([
    [120_000, 130_000, 0],
    [140_000, 200_000, 2],
    [2_500_000, 2_600_000, 0],
  ]);
});

test('a lost first generation does not set the clock', () => {
  const { clock, generations, durationNs } = read(`go1.26\n${lost(2, 7)}${last}`);
  // The scene's clock is at 1,000 ns where a generation begins.
  expect([clock.startMonotonicNs, generations.length, durationNs]).toEqual([1_000, 1, 600_000]);
});

test('two lost generations in a row are one gap', () => {
  const both = read(`go1.26\n${first}${lost(2, 1_000)}${lost(3, 1_500)}${last}`);
  expect(both.lost.map(({ generation }) => generation)).toEqual([2, 3]);
  expect(lifeOf(both, 1)).toEqual(['0 running', '200 unknown', '2000 running']);
  expect(lifeOf(both, 3)).toEqual(['101 runnable', '200 unknown', '2000 gone']);
});

test('a file that ends in a generation ends where the one before does', () => {
  const cut = read(`go1.26\n${first}${last.replace('time=2000', 'time=2000 without=end')}`);
  expect(cut.lost.map(({ code }) => code)).toEqual(['gotrace.truncated']);
  expect(cut.durationNs).toBe(200_000);
  expect(lifeOf(cut, 2)).toEqual(['100 runnable']);
});

test('when nothing can be read, the first loss is thrown', () => {
  expect(() => read(`go1.26\n${lost(2, 7)}`)).toThrow('a mark assist ends that did not begin');
  expect(() => read('go1.26')).toThrow('a trace without events');
});
