import { isLongWriter, isPendingWriterConvoy } from './convoy';
import type { SamplingFacts, SiteRow } from './input';
import type { HolderSite, Site } from './lock';

export type Pattern = 'R1' | 'R3';

/** The pattern that the waits and unlocks of a lock show, or undefined: rules R1 and R3 of docs/semantics.md. */
export function patternOf(
  waits: readonly SiteRow[],
  holds: readonly SiteRow[],
  avgWaiting: number | null,
): Pattern | undefined {
  if (isPendingWriterConvoy(waits, holds)) return 'R3';
  return isLongWriter(waits, holds, avgWaiting) ? 'R1' : undefined;
}

const releasing: ReadonlySet<string> = new Set(['RWMutex.Unlock', 'RWMutex.Unlock (next writer)']);

/** True where one unlock's delay is kept or lost by chance, so that only counts can be ranked. */
export function isDelayLottery(sampling: SamplingFacts): boolean {
  return sampling.mutexFraction !== undefined && sampling.mutexFraction > 1;
}

/**
 * Holders by delay falling (by contentions where mutex sampling makes delay a lottery), ties by site id. In a
 * pending-writer convoy the slow reader comes first and the writers that only released others are `releaser`.
 */
export function listHolders(
  holds: readonly SiteRow[],
  pattern: Pattern | undefined,
  sampling: SamplingFacts,
  siteOf: (row: SiteRow) => Site,
): HolderSite[] {
  const lottery = isDelayLottery(sampling);
  const measure = (row: SiteRow) => (lottery ? row.count : row.value);
  const total = holds.reduce((sum, row) => sum + measure(row), 0);
  const roleOf = (row: SiteRow) => (pattern === 'R3' && releasing.has(row.site.kind) ? 'releaser' : 'holder');
  return [...holds]
    .sort(
      (a, b) =>
        Number(roleOf(a) === 'releaser') - Number(roleOf(b) === 'releaser') ||
        measure(b) - measure(a) ||
        (a.site.id < b.site.id ? -1 : 1),
    )
    .map((row) => ({
      site: siteOf(row),
      role: roleOf(row),
      delaySeconds: row.value / 1e9,
      contentions: row.count,
      share: total > 0 ? measure(row) / total : null,
    }));
}
