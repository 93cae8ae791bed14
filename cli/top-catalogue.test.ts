import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TopDocument } from '@/lib/query/result';
import { runCommand } from '../tests/support/run-command';

// Every blocking construct once, waiters in wait*, holders in hold*, in three Go versions that name them differently.

const names = z.array(z.string());
const truthSchema = z.object({
  truth: z.object({
    pairs: z.array(z.object({ construct: z.string(), waiters: names, holders: names, absent: names })),
  }),
});

/** What each construct is called, for its waiters and its holders. */
const words: Readonly<Record<string, readonly [waits: string, holds: string]>> = {
  'sync.Mutex': ['Mutex.Lock', 'Mutex.Unlock'],
  'sync.RWMutex, readers behind a writer': ['RWMutex.RLock', 'RWMutex.Unlock'],
  'sync.RWMutex, writer behind readers': ['RWMutex.Lock (readers drain)', 'RWMutex.RUnlock'],
  'sync.RWMutex, readers behind a pending writer': ['RWMutex.RLock', 'RWMutex.Unlock'],
  'sync.RWMutex, writer behind a writer': ['RWMutex.Lock', 'RWMutex.Unlock (next writer)'],
  'sync.Once': ['Once.Do', 'Once.Do'],
  'sync.Map': ['sync.Map', 'sync.Map'],
  'sync.Cond': ['Cond.Wait', ''],
  'sync.WaitGroup': ['WaitGroup.Wait', ''],
  'chan send': ['chan send', ''],
  'chan receive': ['chan receive', ''],
  select: ['select', ''],
};

describe.each(['go1.21', 'go1.23', 'go1.26'])('prims-%s', (go) => {
  const folder = `tests/fixtures/go/prims-${go}`;
  const { pairs } = truthSchema.parse(JSON.parse(readFileSync(`${folder}/truth.json`, 'utf8'))).truth;
  const document = async (): Promise<TopDocument> =>
    JSON.parse(
      (await runCommand(['top', folder, '--go', go, '--block-rate', '1', '--mutex-fraction', '1', '--json'])).stdout,
    );

  test.each(pairs.filter(({ construct }) => construct in words))(
    '$construct',
    async ({ construct, waiters, holders }) => {
      const { locks, waits } = await document();
      const all = [...locks, ...waits];
      const [waitKind, holdKind] = words[construct] ?? ['', ''];
      const sites = (side: 'waiters' | 'holders') =>
        all.flatMap((lock) => lock[side].map(({ site }) => `${site.kind} ${site.function}`));
      expect(sites('waiters')).toEqual(expect.arrayContaining(waiters.map((name) => `${waitKind} ${name}`)));
      expect(sites('holders')).toEqual(expect.arrayContaining(holders.map((name) => `${holdKind} ${name}`)));
    },
  );

  test('one lock joins readers, writers and those who release them', async () => {
    const store = (await document()).locks.find(({ name, family }) => name === 'main.(*S)' && family === 'RWMutex');
    expect(store?.link).toBe('Strong');
    expect(new Set(store?.waiters.map(({ site }) => site.kind)).size).toBe(3);
  });

  test('the logger and descriptor locks are sites like any other', async () => {
    const { locks, waits } = await document();
    expect(locks.find(({ name }) => name === 'log.(*Logger)')?.waiters[0]?.site.function).toBe('log.(*Logger).output');
    const descriptors = waits.filter(({ family }) => family === 'fdMutex').flatMap(({ waiters }) => waiters);
    expect(descriptors.map(({ site }) => site.function).sort()).toEqual(['net.(*netFD).Read', 'net.(*netFD).Write']);
  });

  test('sleeping is no wait', async () => {
    expect(JSON.stringify(await document())).not.toContain('sleepOnly');
  });
});
