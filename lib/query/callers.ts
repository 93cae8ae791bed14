import { framesOfStack } from '@/lib/profile/frame';
import type { Frame, Profile } from '@/lib/profile/profile';
import type { SiteDef } from '@/lib/profile/site';
import type { Caller } from './result';

/**
 * Who calls each site: the next frame towards the root, by share of the site's value (column `valueIndex`), falling.
 * A stack belongs to the first of its frames, leaf first, that is a site; one that ends there has no caller and
 * counts as `(goroutine start)`. O(frames).
 */
export function callersOf(profile: Profile, sites: readonly SiteDef[], valueIndex: number): Map<string, Caller[]> {
  const wanted = new Set(sites.map(siteKey));
  const perSite = new Map<string, Map<string, { frame: Frame; value: number }>>();
  const column = profile.samples.values[valueIndex];
  for (let sample = 0; sample < profile.samples.length; sample += 1) {
    const frames = framesOfStack(profile, profile.samples.stack[sample] ?? 0);
    const at = frames.findIndex((frame) => wanted.has(siteKey(frame)));
    const site = frames[at];
    if (site === undefined) continue;
    const caller = frames[at + 1] ?? { function: '(goroutine start)', file: '', line: 0, startLine: 0 };
    const callers = perSite.get(siteKey(site)) ?? new Map<string, { frame: Frame; value: number }>();
    const known = callers.get(siteKey(caller)) ?? { frame: caller, value: 0 };
    callers.set(siteKey(caller), { frame: caller, value: known.value + (column?.[sample] ?? 0) });
    perSite.set(siteKey(site), callers);
  }
  return new Map([...perSite].map(([key, callers]) => [key, shares([...callers.values()])]));
}

/** Key of a site or frame in the result of `callersOf`. */
export function siteKey(at: { readonly function: string; readonly file: string; readonly line: number }): string {
  return `${at.function}\0${at.file}\0${at.line}`;
}

function shares(callers: readonly { frame: Frame; value: number }[]): Caller[] {
  const total = callers.reduce((sum, caller) => sum + caller.value, 0);
  return callers
    .map(({ frame, value }) => ({
      function: frame.function,
      file: frame.file,
      line: frame.line,
      share: total === 0 ? 0 : value / total,
    }))
    .sort((a, b) => b.share - a.share || a.function.localeCompare(b.function));
}
