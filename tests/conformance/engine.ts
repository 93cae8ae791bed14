import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSampleStore } from '@/lib/store/open';
import type { SampleStore } from '@/lib/store/port';

/** A store under test and, for an engine with a disk, its folder. */
export interface Bench {
  readonly engine: 'memory' | 'sqlite';
  store: SampleStore;
  /** Closes and opens again; only with a disk. */
  reopen(): Promise<void>;
  readonly dir: string;
}

/** Opens a fresh store, runs `use` and removes everything again. */
export async function withStore(engine: Bench['engine'], use: (bench: Bench) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'lockscope-samples-'));
  const open = () => openSampleStore(engine === 'memory' ? { memory: true } : { dir, reserveBytes: 0 });
  const bench: Bench = {
    engine,
    dir,
    store: await open(),
    async reopen() {
      if (engine === 'memory') throw new Error('memory cannot be opened again');
      await this.store.close();
      this.store = await open();
    },
  };
  try {
    await use(bench);
  } finally {
    await bench.store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

export interface SampleCase {
  readonly number: number;
  readonly title: string;
  /** Engines the case does not apply to, with the reason. */
  readonly not?: Partial<Record<Bench['engine'], string>>;
  readonly run: (bench: Bench) => Promise<void>;
}
