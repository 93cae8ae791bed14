import { analyseLocks, type LockAnalysis } from '@/lib/contention/analyse';
import type { LocksInput, ProfileSide, SiteRow } from '@/lib/contention/input';
import { defaultWrappers, siteOfStack } from '@/lib/contention/site';
import { framesOfStack } from '@/lib/profile/frame';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import { profileFromText } from './profile-from-text';

/** Profiles in the form of `profileFromText`, with what the analysis is told besides. Go 1.23 at full rates if unsaid. */
export interface LocksText extends Partial<LocksInput['sampling']> {
  readonly block?: string;
  readonly mutex?: string;
  readonly idleFunctions?: readonly string[];
  readonly wrappers?: readonly string[];
}

export function analyseText(text: LocksText): LockAnalysis {
  const wrappers = [...defaultWrappers, ...(text.wrappers ?? [])];
  return analyseLocks({
    block: text.block === undefined ? undefined : sideFromText(text.block, 'wait', wrappers),
    mutex: text.mutex === undefined ? undefined : sideFromText(text.mutex, 'hold', wrappers),
    sampling: {
      blockRateNs: 'blockRateNs' in text ? text.blockRateNs : 1,
      mutexFraction: 'mutexFraction' in text ? text.mutexFraction : 1,
      goVersions: text.goVersions ?? ['go1.23.5'],
      goInferred: text.goInferred ?? false,
    },
    idleFunctions: text.idleFunctions ?? [],
  });
}

function sideFromText(text: string, role: 'wait' | 'hold', wrappers: readonly string[]): ProfileSide {
  const profile = profileFromText(text);
  const wallMs = Number(profile.durationNanos) / 1e6;
  const column = (type: string) => profile.samples.values[profile.sampleTypes.findIndex((one) => one.type === type)];
  const sums = { site: new Map<SiteId, SiteRow>(), lock: new Map<SiteId, SiteRow>() };
  for (let sample = 0; sample < profile.samples.length; sample++) {
    const defs = siteOfStack(framesOfStack(profile, profile.samples.stack[sample] ?? 0), role, { wrappers });
    const [count, value] = [column('contentions')?.[sample] ?? 0, column('delay')?.[sample] ?? 0];
    for (const level of ['site', 'lock'] as const) add(sums[level], defs[level], count, value, wallMs);
  }
  return {
    sites: [...sums.site.values()],
    locks: [...sums.lock.values()],
    wallMs: wallMs > 0 ? wallMs : undefined,
    series: 1,
    other: undefined,
  };
}

function add(rows: Map<SiteId, SiteRow>, site: SiteDef, count: number, value: number, wallMs: number): void {
  const known = rows.get(site.id);
  const total = (known?.value ?? 0) + value;
  const max = wallMs > 0 ? { rate: Math.ceil((total / wallMs) * 1e3), at: 0, wallMs } : undefined;
  rows.set(site.id, { site, count: (known?.count ?? 0) + count, value: total, max, series: 1 });
}

/** One block of lines per lock: name, family, link, pattern; then who waits and who holds, in order. */
export function printLocks(entries: LockAnalysis['locks']): string {
  return entries
    .map(({ lock, level, conservation }) =>
      [
        `${lock.name} ${lock.family} ${lock.link}${level === undefined ? '' : ` ${level}`} ${lock.pattern ?? '-'} ${conservation?.verdict ?? '-'}`,
        ...lock.waiters.map(
          ({ site, contentions }) => `  waits ${contentions} ${site.kind} ${site.function}:${site.line}`,
        ),
        ...lock.holders.map(
          ({ site, role, contentions }) => `  ${role} ${contentions} ${site.kind} ${site.function}:${site.line}`,
        ),
      ].join('\n'),
    )
    .join('\n');
}
