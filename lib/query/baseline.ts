import type { Baseline, BuildRecord } from '@/lib/catalog/builds';
import { type UnixMs, unixMs } from '@/lib/units';

/** What one side of a comparison is made of. */
export type ComparedTo =
  | { readonly kind: 'build'; readonly build: string }
  | { readonly kind: 'window'; readonly from: UnixMs; readonly to: UnixMs };

export type ResolvedBaseline =
  | { readonly ok: true; readonly base: ComparedTo }
  /** Why there is nothing to compare with, for people. */
  | { readonly ok: false; readonly reason: string };

const dayMs = 86_400_000;

/**
 * What a baseline means for a head: `head` is the build looked at, else the newest that sent profiles; `builds` are
 * the service's, oldest first; `range` is that of the page. A build without profiles is never compared with.
 */
export function resolveBaseline(
  baseline: Baseline,
  {
    builds,
    head,
    range,
  }: {
    readonly builds: readonly BuildRecord[];
    readonly head?: string | undefined;
    readonly range: { readonly from: UnixMs; readonly to: UnixMs };
  },
): ResolvedBaseline {
  const seen = builds.filter(({ firstSeen }) => firstSeen !== undefined);
  const looked = head ?? seen.at(-1)?.build;
  const before = seen.findIndex(({ build }) => build === looked) - 1;
  switch (baseline.kind) {
    case 'previous':
      return buildOr(seen[before]?.build, looked === undefined ? 'no build is known' : `no build before ${looked}`);
    case 'pinned': {
      if (baseline.build === looked) return { ok: false, reason: `${looked} is the pinned build itself` };
      const pinned = seen.find(({ build }) => build === baseline.build)?.build;
      return buildOr(pinned, `the pinned build ${baseline.build} sent no profile`);
    }
    case 'branch': {
      const newest = seen.findLast(({ build, branch }) => branch === baseline.branch && build !== looked)?.build;
      return buildOr(newest, `no other build of branch ${baseline.branch} sent a profile`);
    }
    case 'yesterday':
      return window(range.from - dayMs, range.to - dayMs);
    case 'window':
      return window(baseline.from, baseline.to);
  }
}

function buildOr(build: string | undefined, reason: string): ResolvedBaseline {
  return build === undefined ? { ok: false, reason } : { ok: true, base: { kind: 'build', build } };
}

function window(from: number, to: number): ResolvedBaseline {
  return { ok: true, base: { kind: 'window', from: unixMs(from), to: unixMs(to) } };
}
