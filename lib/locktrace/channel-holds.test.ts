import { expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { traceOfScene } from '@/tests/support/trace-scene';
import { analyseLocks } from './analyse';

test('nobody holds a channel, though a goroutine waited for it before another that still does', () => {
  const receive = 'reason_string="chan receive" stack="runtime.chanrecv1:500 < main.take:7"';
  const trace = readTrace(
    bufferSource(
      traceOfScene(`
        go1.26
        generation 1
        thread 7 at=100
          ProcStatus p=0 pstatus=running
          GoStatus g=1 gstatus=running
          GoStatus g=2 gstatus=runnable
          GoBlock ${receive}
          GoStart g=2 g_seq=1
          GoUnblock g=1 g_seq=1 stack="runtime.chansend1:161 < main.give:4"
          GoBlock ${receive}
          GoStart g=1 g_seq=2
          GoStop reason_string="preempted" stack="main.take:8"`),
    ),
  );
  const { locks, waits, holds } = analyseLocks(trace);
  expect(locks.map(({ family, waits: count, holders }) => [family, count, holders.length])).toEqual([['chan', 2, 0]]);
  expect(waits.count).toBe(2);
  expect(holds.count).toBe(0);
});
