import { expect, test } from 'vitest';
import type { Baseline, BuildRecord } from '@/lib/catalog/builds';
import { unixMs } from '@/lib/units';
import { resolveBaseline } from './baseline';

const build = (name: string, firstSeen: number | undefined, branch?: string): BuildRecord => ({
  service: 'orders',
  build: name,
  commit: undefined,
  branch,
  time: undefined,
  goVersion: undefined,
  firstSeen: firstSeen === undefined ? undefined : unixMs(firstSeen),
  lastSeen: firstSeen === undefined ? undefined : unixMs(firstSeen),
});
const builds = [
  build('unseen', undefined, 'main'),
  build('v1', 1, 'main'),
  build('v2', 2, 'main'),
  build('v3', 3, 'feature'),
];
const range = { from: unixMs(200_000_000), to: unixMs(200_060_000) };

test.each<[Baseline, string | undefined, unknown]>([
  [{ kind: 'previous' }, undefined, 'v2'],
  [{ kind: 'previous' }, 'v2', 'v1'],
  [{ kind: 'previous' }, 'v1', 'no build before v1'],
  [{ kind: 'previous' }, 'never', 'no build before never'],
  [{ kind: 'pinned', build: 'v1' }, undefined, 'v1'],
  [{ kind: 'pinned', build: 'v3' }, undefined, 'v3 is the pinned build itself'],
  [{ kind: 'pinned', build: 'unseen' }, undefined, 'the pinned build unseen sent no profile'],
  [{ kind: 'branch', branch: 'main' }, undefined, 'v2'],
  [{ kind: 'branch', branch: 'main' }, 'v2', 'v1'],
  [{ kind: 'branch', branch: 'feature' }, 'v3', 'no other build of branch feature sent a profile'],
  [{ kind: 'yesterday' }, undefined, [113_600_000, 113_660_000]],
  [{ kind: 'window', from: unixMs(5), to: unixMs(6) }, undefined, [5, 6]],
])('%j, looked at from %s, is %j', (baseline, head, expected) => {
  const resolved = resolveBaseline(baseline, { builds, head, range });
  if (!resolved.ok) return expect(resolved.reason).toBe(expected);
  const { base } = resolved;
  expect(base.kind === 'build' ? base.build : [base.from, base.to]).toEqual(expected);
});

test('a service without builds has no previous one', () => {
  expect(resolveBaseline({ kind: 'previous' }, { builds: [], range })).toEqual({
    ok: false,
    reason: 'no build is known',
  });
});
