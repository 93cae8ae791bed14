import { groupBy } from '@/lib/group-by';
import { overSampleLimit } from '@/lib/profile/over-limit';
import { formatCount, formatDuration } from '@/lib/units-format';
import { spansDiffer } from './conservation';
import { lockEntry, rankEntries } from './entry';
import { isLockFamily } from './family';
import { groupByLock, sumOf } from './group';
import { isIdleSite } from './idle';
import type { ContentionNote, LocksInput, SiteRow } from './input';
import { type JoinedLock, joinGroups } from './join';
import type { LockEntry } from './lock';
import { samplingNotes } from './notes';
import { isResidentLoop } from './resident';
import { unsymbolised } from './site';
import { mutexMeaning } from './version';

export interface LockAnalysis {
  /** Mutex, RWMutex, Once, sync.Map, sync.Pool: by average waiting falling. */
  readonly locks: readonly LockEntry[];
  /** Channels, selects, Cond, WaitGroup, descriptor locks: nobody holds them. */
  readonly waits: readonly LockEntry[];
  /** Workers without work, loops that always wait, profilers and the runtime's own goroutines. */
  readonly idle: readonly LockEntry[];
  /** The runtime's internal locks, never mixed with the program's. */
  readonly runtime: readonly LockEntry[];
  readonly notes: readonly ContentionNote[];
  /** Counts of what no list shows, by reason. */
  readonly leftOut: Readonly<Record<string, unknown>>;
}

type Lane = 'lock' | 'wait' | 'idle' | 'runtime' | 'unsymbolised' | 'over limit';

/**
 * Joins who waits (block profile) with who released (mutex profile), lock by lock. Every row of the input is in one
 * of the four lists or counted in `leftOut`. Means and averages only: profiles hold no percentile. Semantics:
 * docs/semantics.md.
 */
export function analyseLocks(input: LocksInput): LockAnalysis {
  const laneOf = (row: SiteRow) => laneOfRow(row, input.idleFunctions);
  const waits = groupBy(input.block?.sites ?? [], laneOf);
  const holds = groupBy(input.mutex?.sites ?? [], laneOf);
  const entries = (joined: readonly JoinedLock[]) => rankEntries(joined.map((lock) => lockEntry(lock, input)));
  const apart = (lane: Lane) => entries(groupByLock(waits.get(lane) ?? [], holds.get(lane) ?? []).map(alone));
  const joined = joinGroups(groupByLock(waits.get('lock') ?? [], holds.get('lock') ?? []), {
    delayConserved:
      input.sampling.mutexFraction === 1 &&
      mutexMeaning(input.sampling.goVersions) === 'all waiters' &&
      !spansDiffer(input),
    delayExact: input.sampling.mutexFraction === 1,
  });
  const locks = entries(joined);
  const waiting = apart('wait');
  const isResident = (entry: LockEntry) => isResidentLoop(entry, input.block);
  const nameless = [...(waits.get('unsymbolised') ?? []), ...(holds.get('unsymbolised') ?? [])];
  return {
    locks,
    waits: rankEntries(waiting.filter((entry) => !isResident(entry))),
    idle: rankEntries([...apart('idle'), ...waiting.filter(isResident)]),
    runtime: apart('runtime'),
    notes: [
      ...samplingNotes(input, locks),
      ...namelessNotes(nameless),
      ...overLimitNotes(waits.get('over limit') ?? [], holds.get('over limit') ?? []),
    ],
    leftOut: leftOutOf(input, waits, holds),
  };
}

function laneOfRow(row: SiteRow, idleFunctions: readonly string[]): Lane {
  if (row.site.family === 'runtime') return 'runtime';
  if (row.site.function === unsymbolised) return 'unsymbolised';
  if (row.site.function === overSampleLimit) return 'over limit';
  if (isIdleSite(row.site, idleFunctions)) return 'idle';
  return isLockFamily(row.site.family) ? 'lock' : 'wait';
}

function alone(group: JoinedLock['groups'][number]): JoinedLock {
  return { groups: [group], level: undefined };
}

function namelessNotes(rows: readonly SiteRow[]): ContentionNote[] {
  if (rows.length === 0) return [];
  const message = `${rows.length} sites are not symbolised: their waits are counted as left out, and nobody is named for them`;
  return [{ code: 'unsymbolised', message }];
}

function overLimitNotes(waits: readonly SiteRow[], holds: readonly SiteRow[]): ContentionNote[] {
  if (waits.length === 0 && holds.length === 0) return [];
  const text = (rows: readonly SiteRow[], what: string) => {
    const { value, count } = sumOf(rows);
    return rows.length === 0 ? [] : [`${formatDuration(value / 1e9)} in ${formatCount(count)} ${what}`];
  };
  const parts = [...text(waits, 'waits'), ...text(holds, 'releases')].join(' and ');
  const message = `profiles had more stacks than the limit: ${parts} are counted, but stand at no lock; their stacks were not kept`;
  return [{ code: 'over-sample-limit', message }];
}

function leftOutOf(
  input: LocksInput,
  waits: ReadonlyMap<Lane, readonly SiteRow[]>,
  holds: ReadonlyMap<Lane, readonly SiteRow[]>,
): Readonly<Record<string, unknown>> {
  const leftOut: Record<string, unknown> = {};
  const totals = (rows: readonly SiteRow[]) => ({
    delaySeconds: sumOf(rows).value / 1e9,
    contentions: sumOf(rows).count,
  });
  const nameless = { block: waits.get('unsymbolised') ?? [], mutex: holds.get('unsymbolised') ?? [] };
  if (nameless.block.length > 0 || nameless.mutex.length > 0) {
    const sites = (rows: readonly SiteRow[]) => ({ sites: rows.length, ...totals(rows) });
    leftOut.unsymbolised = {
      reason: 'no function name in the profile',
      ...(nameless.block.length > 0 && { block: sites(nameless.block) }),
      ...(nameless.mutex.length > 0 && { mutex: sites(nameless.mutex) }),
    };
  }
  const over = { block: waits.get('over limit'), mutex: holds.get('over limit') };
  if (over.block !== undefined || over.mutex !== undefined) {
    leftOut.over_sample_limit = {
      reason: 'stacks beyond the limit of samples a profile (limits.samples), added up when they came',
      ...(over.block !== undefined && { block: totals(over.block) }),
      ...(over.mutex !== undefined && { mutex: totals(over.mutex) }),
    };
  }
  for (const [name, side] of [
    ['block', input.block],
    ['mutex', input.mutex],
  ] as const) {
    const other = side?.other;
    if (other === undefined || other.members === 0) continue;
    leftOut[`${name}_sites_beyond_limit`] = {
      sites: other.members,
      delaySeconds: other.value / 1e9,
      contentions: other.count,
    };
  }
  return leftOut;
}
