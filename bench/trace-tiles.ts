/**
 * The trace page's answers: a trace made here and now is read, analysed and kept, and the kept file then asked for
 * tiles, wait details and searches, beside a pass over all transitions, which a tile without indexes would take at
 * every zoom. Arguments: megabytes of trace (default 40), rounds (default 15).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '@/lib/blobs/open-file';
import { readTrace } from '@/lib/gotrace/read-trace';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { encodeAnalysis } from '@/lib/query/trace/encode-analysis';
import { searchTrace } from '@/lib/query/trace/search';
import { summaryOf } from '@/lib/query/trace/summary';
import { tileOf } from '@/lib/query/trace/tile';
import { openAnalysis, type TraceView } from '@/lib/query/trace/trace-view';
import { waitDetail } from '@/lib/query/trace/wait-detail';
import { median } from './page-browser';

const megabytes = Number(process.argv[2] ?? 40);
const rounds = Number(process.argv[3] ?? 15);
const pixels = 1_400;
const folder = mkdtempSync(join(tmpdir(), 'lockscope-bench-tiles-'));

function main(): void {
  const load = join(folder, 'load');
  const file = join(folder, 'load.trace');
  const built = spawnSync('go', ['build', '-o', load, '.'], { cwd: 'bench/gotrace-load', encoding: 'utf8' });
  if (built.error !== undefined) {
    console.log('skipped: no Go toolchain here, and the trace is made with one');
    return;
  }
  if (built.status !== 0) throw new Error(`bench/gotrace-load does not build: ${built.stderr}`);
  const ran = spawnSync(load, ['-bytes', String(megabytes * 1e6), file], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`gotrace-load: ${ran.stderr}`);
  const source = openFile(file);
  const trace = readTrace(source);
  const locks = analyseLocks(trace);
  const [, kept, encodeMs] = timed(() => Buffer.concat(encodeAnalysis(trace, locks)));
  const [, , passMs] = timed(() => statesByPass(trace));
  const [, view, openMs] = timed(() => openAnalysis(kept));
  const size = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `${size(source.size)}, ${(trace.events / 1e6).toFixed(2)} M events, ${locks.waits.count} waits; kept: ${size(kept.length)} (${(kept.length / source.size).toFixed(2)} of the trace), written in ${encodeMs.toFixed(0)} ms of CPU, opened in ${openMs.toFixed(0)} ms.\n`,
  );
  console.log(
    '| answer | first, ms | median, ms | median CPU, ms | a pass over all transitions, CPU ms |\n|---|---|---|---|---|',
  );
  for (const [what, ask] of questions(view)) {
    const [first] = timed(ask);
    const times = Array.from({ length: rounds }, () => timed(ask));
    const cells = [first, median(times.map(([ms]) => ms)), median(times.map(([, , cpuMs]) => cpuMs)), passMs].map(
      (ms) => ms.toFixed(1),
    );
    console.log(`| ${what} | ${cells.join(' | ')} |`);
  }
}

function questions(view: TraceView): readonly (readonly [string, () => unknown])[] {
  const { durationNs } = view;
  const lock = summaryOf(view).locks.find((one) => one.isLock)?.id;
  const tile = (part: number) => () => {
    const fromNs = part === 1 ? 0 : durationNs / 2;
    return tileOf(view, { fromNs, toNs: fromNs + durationNs / part, pixels, lock });
  };
  const longest = searchTrace(view, 'state:lock').rows[0]?.wait ?? 0;
  return [
    ['tile of the whole trace', tile(1)],
    ['tile of a tenth', tile(10)],
    ['tile of a hundredth', tile(100)],
    ['tile of a thousandth', tile(1_000)],
    ['one wait with its chain', () => waitDetail(view, longest)],
    ['search: state:lock dur:>1ms', () => searchTrace(view, 'state:lock dur:>1ms')],
    ['search: state:running dur:>1ms', () => searchTrace(view, 'state:running dur:>1ms')],
  ];
}

/** Goroutine time per state and pixel, from every transition: what a tile costs that keeps nothing. */
function statesByPass({ log, durationNs }: Trace): Float64Array {
  const states = 6;
  const sums = new Float64Array(pixels * states);
  const width = durationNs / pixels;
  for (let row = 0; row < log.count; row += 1) {
    const next = log.next[row] ?? -1;
    const startNs = log.timeNs[row] ?? 0;
    const endNs = next < 0 ? durationNs : (log.timeNs[next] ?? 0);
    const last = Math.min(Math.floor(endNs / width), pixels - 1);
    for (let pixel = Math.floor(startNs / width); pixel <= last; pixel += 1) {
      const index = pixel * states + (log.state[row] ?? 0);
      const covered = Math.min(endNs, (pixel + 1) * width) - Math.max(startNs, pixel * width);
      sums[index] = (sums[index] ?? 0) + covered;
    }
  }
  return sums;
}

/** CPU time is of all threads, the collector's and the compiler's too. */
function timed<T>(run: () => T): readonly [ms: number, value: T, cpuMs: number] {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return [performance.now() - start, value, (user + system) / 1_000];
}

try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
