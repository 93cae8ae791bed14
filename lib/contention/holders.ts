import { isLongWriter, isPendingWriterConvoy } from './convoy';
import { sumOf } from './group';
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

/**
 * What each holder is blamed for, in ns. One write unlock frees many readers and only the first event carries their
 * delay, so with a fraction above 1 it is kept or lost by chance: there the readers' waits are split by contentions,
 * which sampling keeps in proportion. Elsewhere, and without a block profile, the charge is taken as recorded.
 */
function blameOf(
  holds: readonly SiteRow[],
  waits: readonly SiteRow[],
  sampling: SamplingFacts,
): (row: SiteRow) => number {
  const waited = sumOf(waits.filter((row) => row.site.kind === 'RWMutex.RLock')).value;
  const freed = sumOf(holds.filter((row) => row.site.kind === 'RWMutex.Unlock')).count;
  const lottery = sampling.mutexFraction !== undefined && sampling.mutexFraction > 1 && waited > 0 && freed > 0;
  return (row) => (lottery && row.site.kind === 'RWMutex.Unlock' ? (waited * row.count) / freed : row.value);
}

/**
 * Holders by delay falling (see `blameOf` for sampled profiles), ties by site id. In a pending-writer convoy the slow
 * reader comes first and the writers that only released others are `releaser`.
 */
export function listHolders(
  lock: { readonly waits: readonly SiteRow[]; readonly holds: readonly SiteRow[] },
  pattern: Pattern | undefined,
  sampling: SamplingFacts,
  siteOf: (row: SiteRow) => Site,
): HolderSite[] {
  const { waits, holds } = lock;
  const blame = blameOf(holds, waits, sampling);
  const total = holds.reduce((sum, row) => sum + blame(row), 0);
  const roleOf = (row: SiteRow) => (pattern === 'R3' && releasing.has(row.site.kind) ? 'releaser' : 'holder');
  return [...holds]
    .sort(
      (a, b) =>
        Number(roleOf(a) === 'releaser') - Number(roleOf(b) === 'releaser') ||
        blame(b) - blame(a) ||
        (a.site.id < b.site.id ? -1 : 1),
    )
    .map((row) => ({
      site: siteOf(row),
      role: roleOf(row),
      delaySeconds: row.value / 1e9,
      contentions: row.count,
      share: total > 0 ? blame(row) / total : null,
    }));
}
