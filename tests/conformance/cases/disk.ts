import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { openSampleStore } from '@/lib/store/open';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { collect, mergedText } from '../answers';
import { batchOf, hour, hour0, second, selectionOf } from '../batches';
import type { SampleCase } from '../engine';
import { bundleChild, runAndKill } from '../killed-child';

const noDisk = { memory: 'it has no file' } as const;
const remote = { memory: 'no engine to lose', sqlite: 'the engine is in this process' } as const;
const get = 'cache.Get<api.handle';
const everywhere = selectionOf({ to: hour0 + 100_000 * hour });

/** Every acknowledged window is there, whole; and the file is sound. */
async function checkKilled(dir: string, acknowledged: readonly number[], isWhole = true): Promise<void> {
  const store = await openSampleStore({ dir, reserveBytes: 0 });
  const windows = await collect(store.export(everywhere));
  const starts = new Set(windows.map(({ start }) => start));
  if (isWhole) expect(acknowledged.filter((start) => !starts.has(unixMs(start)))).toEqual([]);
  for (const window of windows) expect([...window.values].sort((a, b) => a - b)).toEqual([10, 20]);
  const { cover, profile } = await store.merged(everywhere);
  expect(cover.windows).toBeGreaterThanOrEqual(acknowledged.length);
  expect([...(profile.samples.values[1] ?? [])].reduce((sum, value) => sum + value, 0)).toBe(30 * cover.windows);
  const hot = await store.hotspots(everywhere, { level: 'lock', by: 'value', limit: 1 });
  expect(hot.sites.map(({ value }) => value)).toEqual([30 * cover.windows]);
  await store.close();
  const db = new Database(join(dir, 'samples.db'));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
}

function digestOfFolder(dir: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(dir).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex'),
    ]),
  );
}

/** A folder on a file system of its own, where this user may mount one. */
function withMount(options: string, use: (dir: string) => Promise<void>): Promise<void> | undefined {
  const dir = mkdtempSync('/tmp/lockscope-mount-');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    rmSync(dir, { recursive: true });
    return undefined;
  }
  return use(dir).finally(() => {
    execFileSync('umount', [dir]);
    rmSync(dir, { recursive: true });
  });
}

/** Writes windows of 400 stacks, a minute apart, until one is refused; returns how many were acknowledged. */
async function writeUntilFull(store: SampleStore): Promise<number> {
  const names = Array.from({ length: 400 }, (_, row) => `cache.Get<caller.f${row}`);
  const batch = batchOf({ start: hour0, rows: Object.fromEntries(names.map((name) => [name, [1, 1] as const])) });
  const [model] = batch.windows;
  if (model === undefined) throw new Error('one was made');
  for (let stored = 0; stored < 1_000_000; ) {
    const windows = Array.from({ length: 100 }, (_, lane) => ({
      ...model,
      start: unixMs(hour0 + (stored + lane) * 60 * second),
      values: model.values.map((_, row) => (stored + lane) * 1_009 + row * 7_919),
    }));
    try {
      stored += (await store.write({ ...batch, windows })).stored;
    } catch (error) {
      expect(error).toMatchObject({ code: 'store.full' });
      expect((await store.stats()).full).toBe(true);
      expect((await store.merged(everywhere)).cover.windows).toBe(stored);
      return stored;
    }
  }
  throw new Error('the disk never filled up');
}

export const diskCases: readonly SampleCase[] = [
  {
    number: 59,
    title: 'killed while it writes, it has every acknowledged window and no half of one',
    not: noDisk,
    async run({ store, dir }) {
      await store.close();
      const child = await bundleChild();
      const acknowledged: number[] = [];
      for (let round = 0; round < 5; round++) {
        acknowledged.push(...(await runAndKill(child, [dir, 'write', String(round * 100_000)], 60 + round * 37)));
        await checkKilled(dir, acknowledged);
      }
      expect(acknowledged.length).toBeGreaterThan(500);
    },
  },
  {
    number: 60,
    title: 'killed in a roll-up or in retention, it has every window in one tier or the other',
    not: noDisk,
    async run({ store, dir }) {
      await store.close();
      const child = await bundleChild();
      for (const [round, work] of ['roll-up', 'retention'].entries()) {
        const place = join(dir, String(round));
        mkdirSync(place);
        const acknowledged = await runAndKill(child, [place, work], 700 + round * 211);
        await checkKilled(place, acknowledged, work === 'roll-up');
      }
    },
  },
  {
    number: 61,
    title: 'a file of a newer version is refused, both versions are named, nothing is touched',
    not: noDisk,
    async run({ store, dir }) {
      await store.write(batchOf({ start: hour0, rows: { [get]: [1, 10] } }));
      await store.close();
      const db = new Database(join(dir, 'samples.db'));
      db.pragma('user_version = 99');
      db.close();
      const before = digestOfFolder(dir);
      const opening = openSampleStore({ dir });
      await expect(opening).rejects.toMatchObject({ code: 'store.newer-schema' });
      await expect(opening).rejects.toThrow(/schema 99.*up to 1;/);
      expect(digestOfFolder(dir)).toEqual(before);
    },
  },
  {
    number: 62,
    title: 'a file of an older version is copied and brought up',
    not: { ...noDisk, sqlite: 'version 1 is the first; the steps are tested in lib/store/sqlite/schema.test.ts' },
    async run() {},
  },
  {
    number: 63,
    title: 'a second server on one folder is refused and changes nothing',
    not: noDisk,
    async run(bench) {
      await bench.store.write(batchOf({ start: hour0, rows: { [get]: [1, 10] } }));
      await expect(openSampleStore({ dir: bench.dir, reserveBytes: 0 })).rejects.toMatchObject({
        code: 'store.locked',
      });
      const child = await bundleChild();
      await expect(runAndKill(child, [bench.dir], 1)).rejects.toThrow(/in use by another Lockscope server/);
      await bench.reopen();
      expect(await mergedText(bench.store)).toEqual({ [get]: [1, 10] });
    },
  },
  {
    number: 64,
    title: 'on a full disk acknowledged windows stay, writes are refused, retention makes room again',
    not: noDisk,
    async run(bench) {
      await bench.store.close();
      const fillAndRecover = async (
        dir: string,
        options: { maxPages?: number; reserveBytes: number },
        keptShare: number,
      ) => {
        let store = await openSampleStore({ dir, ...options });
        try {
          const stored = await writeUntilFull(store);
          expect(stored).toBeGreaterThan(0);
          if (options.maxPages !== undefined) {
            await store.close();
            store = await openSampleStore({ dir, reserveBytes: 0 });
          }
          const newest = (await store.stats()).newest ?? unixMs(0);
          const policy = { rawMs: (newest - hour0) * keptShare, site1mMs: 1e11, stack1hMs: 1e11, site1hMs: 1e11 };
          const { windows } = await store.retain(newest, policy);
          expect(windows).toBeGreaterThan(0);
          expect((await store.stats()).full).toBe(false);
          expect((await store.merged(everywhere)).cover.windows).toBe(stored);
          await store.write(batchOf({ start: newest, rows: { [get]: [1, 10] } }));
          expect((await store.merged(everywhere)).cover.windows).toBe(stored + 1);
        } finally {
          await store.close();
        }
      };
      // A bound on the file plays the full disk everywhere; where this user may mount one, a real one is filled, too.
      await fillAndRecover(join(bench.dir, 'bounded'), { maxPages: 500, reserveBytes: 0 }, 0.5);
      await withMount('size=24m', (dir) => fillAndRecover(dir, { reserveBytes: 8 * 1_048_576 }, 0.5));
      // A policy that would keep everything gives way: the oldest raw hours go until the reserve fits again.
      await withMount('size=24m', (dir) => fillAndRecover(dir, { reserveBytes: 8 * 1_048_576 }, 2));
    },
  },
  {
    number: 65,
    title: 'a folder that cannot be written is an error that names it',
    not: noDisk,
    async run({ store, dir }) {
      await store.close();
      const file = join(dir, 'a-file');
      writeFileSync(file, '');
      await expect(openSampleStore({ dir: join(file, 'data') })).rejects.toThrow(/a-file/);
      await withMount('size=4m', async (mounted) => {
        execFileSync('mount', ['-o', 'remount,ro', mounted]);
        for (const place of [mounted, join(mounted, 'new')]) {
          await expect(openSampleStore({ dir: place })).rejects.toMatchObject({ code: 'store.read-only' });
        }
      });
    },
  },
  {
    number: 66,
    title: 'a damaged file is named, with the remedy, and is left as it is',
    not: noDisk,
    async run({ store, dir }) {
      await store.write(batchOf({ start: hour0, rows: { [get]: [1, 10] } }));
      await store.close();
      const file = join(dir, 'samples.db');
      const good = readFileSync(file);
      const damages = [
        () => writeFileSync(file, Buffer.concat([Buffer.alloc(4_096, 'x'), good.subarray(4_096)])),
        () => writeFileSync(file, 'this is no database, whatever its name says'.repeat(1_000)),
        () => truncateSync(file, Math.floor(statSync(file).size / 2)),
      ];
      for (const damage of damages) {
        writeFileSync(file, good);
        damage();
        const bad = readFileSync(file);
        const opening = openSampleStore({ dir, reserveBytes: 0 }).then((opened) =>
          mergedText(opened).finally(() => opened.close()),
        );
        await expect(opening).rejects.toMatchObject({ code: 'store.damaged' });
        await expect(opening).rejects.toThrow(/samples\.db.*backup/);
        expect(readFileSync(file).equals(bad)).toBe(true);
      }
    },
  },
  { number: 67, title: 'an engine that is away for 10 s loses and doubles nothing', not: remote, async run() {} },
  { number: 68, title: 'an engine that asks to slow down is given time', not: remote, async run() {} },
];
