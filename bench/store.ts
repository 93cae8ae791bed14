/**
 * Samples store: disk, write cost and read times on the anchor load (48 pods × block, mutex, CPU × 10 s windows), beside
 * the same windows as gzip pprof files. Arguments: hours of load (default 24).
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Selection } from '@/lib/selection/selection';
import { openSampleStore } from '@/lib/store/open';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { pprofOf, recordedWindows, scaledWindow, seeded } from './anchor-load';
import { bundleReadWorker } from './read-worker';

const hours = Number(process.argv[2] ?? 24);
const pods = 48;
const hourMs = 3_600_000;
/** Half past: no range of whole hours then falls on whole roll-ups. */
const end = Math.floor(Date.UTC(2026, 10, 20) / hourMs) * hourMs + hourMs / 2;
const start = end - hours * hourMs;
const recorded = recordedWindows();
const folder = mkdtempSync(join(tmpdir(), 'lockscope-bench-'));

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly other: string;
}

async function main(): Promise<void> {
  const workerUrl = await bundleReadWorker();
  const store = await openSampleStore({ dir: join(folder, 'data'), workerUrl });
  const rows: Row[] = [];
  rows.push(...(await writeLoad(store)));
  rows.push(...(await measureReads(store)));
  await store.close();
  rows.push(...measureTiers());
  printTable(rows);
}

async function writeLoad(store: SampleStore): Promise<Row[]> {
  const random = seeded(7);
  await store.write({
    windows: [],
    stacks: recorded.flatMap(({ stacks }) => stacks),
    sites: recorded.flatMap(({ sites }) => sites),
  });
  let [windows, cpuMs] = [0, 0];
  for (let at = start; at < end; at += 10_000) {
    const batch = recorded.flatMap((one) =>
      Array.from({ length: pods }, (_, pod) => scaledWindow(one, pod, at, random)),
    );
    const before = process.cpuUsage();
    const { stored } = await store.write({ windows: batch, stacks: [], sites: [] });
    const used = process.cpuUsage(before);
    windows += stored;
    cpuMs += (used.user + used.system) / 1_000;
  }
  const rollUpFrom = performance.now();
  const { buckets } = await store.rollUp(unixMs(end));
  const rollUpMs = performance.now() - rollUpFrom;
  const { bytes } = await store.stats();
  const files = recorded.map((one) => pprofOf(one, random).length);
  const average = files.reduce((a, b) => a + b, 0) / files.length;
  const onDisk = files.reduce((sum, size) => sum + Math.ceil(size / 4_096) * 4_096, 0) / files.length;
  return [
    {
      what: `bytes a profile on disk (${windows} profiles, roll-ups included)`,
      ours: (bytes / windows).toFixed(0),
      other: `${average.toFixed(0)} gzip pprof, ${onDisk.toFixed(0)} as files`,
    },
    { what: 'CPU to store a profile, batches of 144', ours: `${((cpuMs / windows) * 1_000).toFixed(0)} µs`, other: '' },
    {
      what: `roll-up of a series-hour (${buckets / 4} of them)`,
      ours: `${((rollUpMs / buckets) * 4).toFixed(1)} ms`,
      other: '',
    },
  ];
}

/** Bytes of each tier with its index, from SQLite's own page count. */
function measureTiers(): Row[] {
  const db = new Database(join(folder, 'data', 'samples.db'), { readonly: true });
  const sizes = db
    .prepare<[], { name: string; bytes: number }>(
      `select sqlite_schema.tbl_name as name, sum(dbstat.pgsize) as bytes
       from dbstat join sqlite_schema on sqlite_schema.name = dbstat.name group by tbl_name order by bytes desc`,
    )
    .all();
  const rolled = db
    .prepare<[], { tier: number; bytes: number }>('select tier, sum(length(b)) as bytes from site_roll group by tier')
    .all();
  db.close();
  const profiles = pods * 3 * hours * 360;
  const perProfile = (bytes: number) => `${(bytes / profiles).toFixed(1)} B a profile`;
  return [
    ...sizes.slice(0, 3).map(({ name, bytes }) => ({ what: `table ${name}`, ours: perProfile(bytes), other: '' })),
    ...rolled.map(({ tier, bytes }) => ({ what: `site roll-ups of ${tier} s`, ours: perProfile(bytes), other: '' })),
  ];
}

function selection(hoursBack: number, name = 'block'): Selection {
  return { type: { name }, matchers: [], from: unixMs(end - hoursBack * hourMs), to: unixMs(end) };
}

async function measureReads(store: SampleStore): Promise<Row[]> {
  const merging = mergeWithGo();
  const rows: Row[] = [];
  const measure = async (what: string, read: () => Promise<unknown>, other = '') => {
    const times: number[] = [];
    for (let round = 0; round < 21; round++) {
      const from = performance.now();
      await read();
      times.push(performance.now() - from);
    }
    const [cold = 0, ...warm] = times;
    const median = warm.sort((a, b) => a - b)[10] ?? 0;
    rows.push({ what, ours: `${median.toFixed(1)} ms (first ${cold.toFixed(0)})`, other });
  };
  for (const hoursBack of hours >= 24 ? [1, 24] : [1]) {
    for (const name of ['block', 'process_cpu']) {
      const other = hoursBack === 1 && name === 'block' ? merging : '';
      await measure(`merged ${name}, 48 pods × ${hoursBack} h`, () => store.merged(selection(hoursBack, name)), other);
    }
    const level = 'lock';
    await measure(`list of locks, ${hoursBack} h`, () =>
      store.hotspots(selection(hoursBack), { level, by: 'value', limit: 20 }),
    );
    const { sites } = await store.hotspots(selection(hoursBack), { level, by: 'value', limit: 2 });
    const ids = sites.map(({ site }) => site.id);
    const stepMs = hoursBack === 1 ? 30_000 : 600_000;
    await measure(`pod heat map of 2 locks, ${hoursBack} h at ${stepMs / 1_000} s`, () =>
      store.series(selection(hoursBack), { sites: ids, perSite: true, groupBy: ['pod'], stepMs }),
    );
  }
  await measure('series by pod, 1 h at 10 s', () => store.series(selection(1), { groupBy: ['pod'], stepMs: 10_000 }));
  return rows;
}

/** `go tool pprof -proto` over gzip pprof files: ten minutes of one kind, every sixth pod; more files do not fit a command line. */
function mergeWithGo(): string {
  if (spawnSync('go', ['version']).status !== 0) return 'no Go toolchain here';
  const [block] = recorded;
  if (block === undefined) return '';
  const files = join(folder, 'pprof');
  mkdirSync(files);
  const random = seeded(9);
  const count = 480;
  for (let index = 0; index < count; index++) writeFileSync(join(files, `${index}.pb.gz`), pprofOf(block, random));
  const names = readdirSync(files).map((name) => join(files, name));
  const from = performance.now();
  const { status } = spawnSync('go', ['tool', 'pprof', '-proto', '-output', join(folder, 'merged.pb.gz'), ...names], {
    stdio: 'ignore',
  });
  const took = performance.now() - from;
  if (status !== 0 || statSync(join(folder, 'merged.pb.gz')).size === 0) return 'go tool pprof failed';
  return `${took.toFixed(0)} ms go tool pprof -proto, ${count} of 17,280 files`;
}

function printTable(rows: readonly Row[]): void {
  console.log(`| measure (${hours} h, median of 20 warm) | Lockscope | alternative |\n|---|---|---|`);
  for (const { what, ours, other } of rows) console.log(`| ${what} | ${ours} | ${other} |`);
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
