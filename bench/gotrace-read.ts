/**
 * One reading of one trace, a process of its own: `gotrace-read.mjs FILE events|locks` reads FILE generation by
 * generation and prints what it took, as JSON. `events` ends with goroutine states in columns, `locks` with the table
 * of locks. CPU time is of all threads, the collector's and the compiler's too.
 */

import { openFile } from '@/lib/blobs/open-file';
import { readTrace } from '@/lib/gotrace/read-trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { readUsed } from './go-tool-trace';

export interface Reading {
  readonly bytes: number;
  readonly events: number;
  readonly locks: number;
  /** From the start of the process; `read` is part of it. */
  readonly totalMs: number;
  readonly readMs: number;
  readonly readCpuMs: number;
  readonly totalCpuMs: number;
  readonly peakMegabytes: number;
}

const [file = '', until = 'locks'] = process.argv.slice(2);
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const source = openFile(file);
const [startMs, startCpuMs] = [performance.now(), cpuMs()];
const trace = readTrace(source);
const [readMs, readCpuMs] = [performance.now() - startMs, cpuMs() - startCpuMs];
const locks = until === 'locks' ? analyseLocks(trace).locks.length : 0;
const reading: Reading = {
  bytes: source.size,
  events: trace.events,
  locks,
  totalMs: performance.now(), // since the process began
  readMs,
  readCpuMs,
  totalCpuMs: cpuMs(),
  // The system's own maximum also counts the process that started this one.
  peakMegabytes: readUsed(process.pid)?.peakMegabytes ?? (process.resourceUsage().maxRSS * 1_024) / 1e6,
};
console.log(JSON.stringify(reading));
