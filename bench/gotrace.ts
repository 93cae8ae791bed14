/**
 * Execution traces: from a file to ordered events and goroutine states on one core, and to the table of locks on all of
 * them, each in a fresh process, over a trace that bench/gotrace-load makes here and now and its first 10, 20, 40 and 80 MB (cut between
 * generations), beside Go's own tool. Arguments: rounds (default 3), megabytes (default 200).
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openFile } from '@/lib/blobs/open-file';
import { readTrace } from '@/lib/gotrace/read-trace';
import { goTraceTool, measurePage, measureSyncProfile, type Used } from './go-tool-trace';
import type { Reading } from './gotrace-read';
import { median } from './page-browser';

const rounds = Number(process.argv[2] ?? 3);
const megabytes = Number(process.argv[3] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'lockscope-bench-gotrace-'));
/** One core, where taskset can say so; else as the system likes. */
const core = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

async function main(): Promise<void> {
  const go = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (go.status !== 0) {
    console.log('skipped: no Go toolchain here, and the traces are made with one');
    return;
  }
  const whole = recordTrace(megabytes);
  const files = [...cutTrace(whole, [10, 20, 40, 80]), whole];
  const reader = await bundleReader();
  console.log(
    `| ${go.stdout.trim().split(' ')[2]}, HTTP load | M events | one core: events and states, s | MB/s | M events/s | CPU: MB/s | M events/s | all cores: to the table of locks, s | CPU s | peak MB |\n|---|---|---|---|---|---|---|---|---|---|`,
  );
  for (const file of files) printReadings(read(reader, file, 'events', core), read(reader, file, 'locks', []));
  const forty = files[Math.min(2, files.length - 1)] ?? whole;
  await printTool(forty, reader);
}

/** Builds the load and records so many megabytes. */
function recordTrace(size: number): string {
  const binary = join(folder, 'load');
  const trace = join(folder, 'whole.trace');
  const built = spawnSync('go', ['build', '-o', binary, '.'], { cwd: 'bench/gotrace-load', encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`bench/gotrace-load does not build: ${built.stderr}`);
  const ran = spawnSync(binary, ['-bytes', String(size * 1e6), trace], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`gotrace-load: ${ran.stderr}`);
  return trace;
}

/** Files of the first generations, each ending nearest to one of these sizes in MB; sizes beyond the trace give none. */
function cutTrace(whole: string, sizes: readonly number[]): string[] {
  const source = openFile(whole);
  const { generations } = readTrace(source);
  const ends = generations.map(({ offset, bytes }) => offset + bytes);
  return sizes.flatMap((size) => {
    const end = ends.reduce((best, one) => (Math.abs(one - size * 1e6) < Math.abs(best - size * 1e6) ? one : best), 0);
    if (size * 1e6 > source.size || end === 0) return [];
    const file = join(folder, `${size}.trace`);
    copyFileSync(whole, file);
    truncateSync(file, end);
    return [file];
  });
}

/** As the server runs it: bundled, without a transpiler in the process. */
async function bundleReader(): Promise<string> {
  const outfile = join(folder, 'gotrace-read.mjs');
  const entryPoints = ['bench/gotrace-read.ts'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' });
  return outfile;
}

/** Reads `rounds` times, each in a process of its own on these cores; medians. */
function read(reader: string, file: string, until: 'events' | 'locks', cores: readonly string[]): Reading {
  const [command = 'node', ...args] = [...cores, process.execPath, reader, file, until];
  const all = Array.from({ length: rounds }, (): Reading => {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`reading ${file}: ${stderr}`);
    return JSON.parse(stdout);
  });
  const [first] = all;
  if (first === undefined) throw new Error('at least one round');
  const middle = (field: Exclude<keyof Reading, 'bytes' | 'events' | 'locks'>) => median(all.map((one) => one[field]));
  return {
    ...first,
    totalMs: middle('totalMs'),
    readMs: middle('readMs'),
    readCpuMs: middle('readCpuMs'),
    totalCpuMs: middle('totalCpuMs'),
    peakMegabytes: middle('peakMegabytes'),
  };
}

function printReadings(events: Reading, locks: Reading): void {
  const size = events.bytes / 1e6;
  const count = events.events / 1e6;
  const seconds = (ms: number) => (ms / 1_000).toFixed(2);
  const rate = (amount: number, ms: number) => ((amount / ms) * 1_000).toFixed(1);
  const cells = [
    `${size.toFixed(1)} MB`,
    count.toFixed(2),
    seconds(events.readMs),
    rate(size, events.readMs),
    rate(count, events.readMs),
    rate(size, events.readCpuMs),
    rate(count, events.readCpuMs),
    seconds(locks.totalMs),
    seconds(locks.totalCpuMs),
    locks.peakMegabytes.toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function printTool(file: string, reader: string): Promise<void> {
  const tool = goTraceTool();
  const { bytes, totalMs, totalCpuMs, peakMegabytes } = read(reader, file, 'locks', core);
  const row = (what: string, used: Used) =>
    `| ${what} | ${(used.wallMs / 1_000).toFixed(1)} | ${(used.cpuMs / 1_000).toFixed(1)} | ${used.peakMegabytes.toFixed(0)} |`;
  console.log(`\n| ${(bytes / 1e6).toFixed(1)} MB, one core | s | CPU s | peak MB |\n|---|---|---|---|`);
  console.log(row('Lockscope: file to table of locks', { wallMs: totalMs, cpuMs: totalCpuMs, peakMegabytes }));
  if (tool === undefined) return;
  console.log(row('go tool trace: until its first page and view answer', await measurePage(tool, file, core)));
  console.log(
    row('go tool trace -pprof=sync: profile of waits, no lock, no holder', await measureSyncProfile(tool, file, core)),
  );
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
