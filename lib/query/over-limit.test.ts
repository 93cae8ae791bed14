import { expect, test } from 'vitest';
import { createProfileReader } from '@/ingest/profile-reader';
import { parseConfigFile } from '@/lib/config-file';
import { encodeProfile } from '@/lib/pprof/encode';
import { MemorySampleStore } from '@/lib/store/memory';
import { unixMs } from '@/lib/units';
import { profileFromText } from '@/tests/support/profile-from-text';
import { flamegraphDocument } from './api/flamegraph';
import { lockDocument } from './api/lock';
import { queryFlame } from './flame';
import { queryLock } from './lock';
import { queryLocks } from './locks';

const now = unixMs(Date.parse('2026-11-24T12:00:00Z'));
const scope = { range: { from: unixMs(now - 60_000), to: now, live: false, text: { from: '', to: '' } }, matchers: [] };
const options = { defaults: {}, idleFunctions: [], listIdle: false };

/** A store with one block profile of 300 waiting functions (1 s … 300 s), of which 200 may be kept, and one deep stack. */
async function limitedStore(): Promise<MemorySampleStore> {
  const deep = Array.from({ length: 30 }, (_, i) => `main.deep${i} d.go:1`).join(' ; ');
  const rows = [
    ...Array.from({ length: 299 }, (_, i) => `1 ${i + 1}s sync.(*Mutex).Lock ; main.f${i} a.go:1`),
    `1 300s sync.(*Mutex).Lock ; ${deep}`,
  ];
  const reader = createProfileReader(parseConfigFile('limits: { samples: 200, depth: 20 }', 'test'));
  const store = new MemorySampleStore();
  await store.write(
    reader.read({
      bytes: encodeProfile(profileFromText(`block\ncontentions delay stack\n${rows.join('\n')}`)),
      labels: [
        ['service_name', 'shop'],
        ['pod', 'a'],
      ],
      sampleTypeConfig: undefined,
      from: unixMs(now - 10_000),
      until: now,
      kind: 'block',
      now,
    }),
  );
  return store;
}

const beyond = (100 * 101) / 2;

test('what 100 of 300 stacks beyond the limit waited is told by the locks, by one lock, and by the flame graph', async () => {
  const store = await limitedStore();
  const { document } = await queryLocks(store, 'shop', scope, options);
  const shown = document.locks.reduce((sum, lock) => sum + (lock.delaySeconds ?? 0), 0);
  expect(shown + beyond).toBe((300 * 301) / 2);
  expect(document.left_out).toEqual({
    over_sample_limit: {
      reason: expect.stringContaining('limits.samples'),
      block: { delaySeconds: beyond, contentions: 100 },
    },
  });
  expect(document.notes.map(({ code }) => code)).toContain('over-sample-limit');
  const detail = await queryLock(store, 'shop', scope, document.locks[0]?.id ?? '', options);
  expect(lockDocument(detail).left_out).toEqual(document.left_out);

  const flame = flamegraphDocument(await queryFlame(store, 'shop', scope, { typeId: 'block:delay' }));
  expect(flame.root.total).toBe(((300 * 301) / 2) * 1e9);
  expect(flame.left_out).toMatchObject({
    over_sample_limit: { value: beyond * 1e9, frame: '[over the sample limit]' },
    over_depth_limit: { value: 300e9, frame: '[over the depth limit]' },
  });
  const roots = new Map(flame.root.children.map(({ name, total }) => [name, total]));
  expect(roots.get('[over the sample limit]')).toBe(beyond * 1e9);
  expect(roots.get('[over the depth limit]')).toBe(300e9);
});
