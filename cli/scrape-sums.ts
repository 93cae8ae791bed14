import type { Profile } from '@/lib/profile/profile';
import { formatCount, formatDuration, formatPlural } from '@/lib/units-format';

/** One profile of a scrape in numbers: every sample type's sum, in the file's own unit. */
export interface ScrapedProfile {
  readonly profile: string;
  readonly ok: boolean;
  readonly samples: number | null;
  /** null = cumulative since process start, or a state. */
  readonly windowSeconds: number | null;
  readonly sums: readonly { readonly type: string; readonly unit: string; readonly value: number }[];
  readonly detail: string;
}

/** Sums up a profile. `windowMs` undefined = it covers no window. */
export function sumUp(name: string, profile: Profile, windowMs: number | undefined, detail: string): ScrapedProfile {
  return {
    profile: name,
    ok: true,
    samples: profile.samples.length,
    windowSeconds: windowMs === undefined ? null : windowMs / 1_000,
    sums: profile.sampleTypes.map(({ type, unit }, column) => ({
      type,
      unit,
      value: (profile.samples.values[column] ?? new Float64Array()).reduce((sum, value) => sum + value, 0),
    })),
    detail,
  };
}

/** One line for people: `block      3.2 s in 412 waits, 17 stacks, since process start`. */
export function sumLine(scraped: ScrapedProfile): string {
  const name = scraped.profile.padEnd(12);
  if (!scraped.ok || scraped.sums.length === 0) return `${name} ${scraped.detail}`;
  const window = scraped.windowSeconds === null ? 'since process start' : `in ${formatDuration(scraped.windowSeconds)}`;
  const about = scraped.profile === 'goroutine' || scraped.profile === 'goroutineleak' ? 'now' : window;
  const remark = scraped.detail === '' ? '' : ` (${scraped.detail})`;
  return `${name} ${whatItSays(scraped)}, ${formatPlural(scraped.samples ?? 0, 'stack')}, ${about}${remark}`;
}

function whatItSays({ profile, sums }: ScrapedProfile): string {
  const of = (type: string) => sums.find((one) => one.type === type)?.value ?? 0;
  switch (profile) {
    case 'block':
      return `${formatDuration(of('delay') / 1e9)} waited in ${formatCount(of('contentions'))} waits`;
    case 'mutex':
      return `${formatDuration(of('delay') / 1e9)} charged to ${formatCount(of('contentions'))} unlocks`;
    case 'cpu':
      return `${formatDuration(of('cpu') / 1e9)} of CPU`;
    case 'heap':
      return `${formatCount(of('inuse_objects'))} objects in use, ${formatCount(of('alloc_objects'))} allocated`;
    default:
      return sums.map(({ value, type }) => `${formatCount(value)} ${type}`).join(', ');
  }
}
