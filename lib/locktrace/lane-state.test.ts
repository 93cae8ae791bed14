import { expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { traceOfScene } from '@/tests/support/trace-scene';
import { laneStateOf } from './lane-state';
import { StackClasses } from './stack-classes';

/** States of a goroutine that blocks for this reason, with what ends it, in the words of lanes. */
function statesOf(reason: string, ends: string): (string | undefined)[] {
  const trace = readTrace(
    bufferSource(
      traceOfScene(`
        go1.26
        generation 1
        thread 7 at=100
          ProcStatus p=0 pstatus=running
          GoStatus g=1 gstatus=running
          GoBlock reason_string="${reason}" stack="runtime.selectgo:335 < fakedb.wait:12"
          GoStatus g=2 gstatus=runnable
          ${ends}
          ${ends.includes('GoStart') ? 'GoBlock reason_string="sleep"' : ''}
          GoStart g=1 g_seq=2`),
    ),
  );
  const classes = new StackClasses(trace.symbols);
  const states: (string | undefined)[] = [];
  for (let row = trace.goroutines.firstRow[0] ?? -1; row !== -1; row = trace.log.next[row] ?? -1) {
    states.push(laneStateOf(trace, row, classes));
  }
  return states;
}

test('a select that no goroutine ended slept: a timer of the scheduler ended it', () => {
  expect(statesOf('select', 'GoUnblock g=1 g_seq=1')).toEqual(['running', 'sleep', 'runnable', 'running']);
  expect(statesOf('chan receive', 'GoUnblock g=1 g_seq=1')).toEqual(['running', 'sleep', 'runnable', 'running']);
});

test('a select that another goroutine ended waited for a channel', () => {
  const sender = `GoStart g=2 g_seq=1
          GoUnblock g=1 g_seq=1 stack="runtime.chansend1:161 < main.send:4"`;
  expect(statesOf('select', sender)).toEqual(['running', 'channel', 'runnable', 'running']);
});

test('a Cond is signalled by somebody, seen or not', () => {
  expect(statesOf('sync.(*Cond).Wait', 'GoUnblock g=1 g_seq=1')[1]).toBe('channel');
});
