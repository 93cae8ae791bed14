import type { LockEntry } from '@/lib/contention/lock';
import { bareName, placeOf, shortName } from '@/lib/profile/function-name';
import type { WaitingLine } from '@/lib/query/result';
import { linkExplanation } from '@/lib/report/link-sentence';
import { patternName } from '@/lib/report/lock-sentence';

/** A waiter or holder in an opened row. */
export interface RowSite {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly kind: string;
  readonly share: number | null;
  readonly delaySeconds: number;
  readonly releaser: boolean;
}

/** A lock as one row of the table: plain values, so that the client leaf carries nothing else. */
export interface LockRow {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly pattern: string | undefined;
  readonly max: number | null;
  /** Where the busiest bucket was; undefined when that is the only pod or not known. */
  readonly maxPod: string | undefined;
  readonly bucketSeconds: number | null;
  readonly avg: number | null;
  readonly sumAvg: number | null;
  readonly meanWait: number | null;
  readonly hold: { readonly low: number; readonly high: number } | undefined;
  readonly waiter: string | undefined;
  readonly holder: string | undefined;
  readonly link: LockEntry['lock']['link'];
  readonly linkWhy: string;
  readonly pods: number | null;
  readonly spark: readonly (number | null)[];
  readonly waiters: readonly RowSite[];
  readonly holders: readonly RowSite[];
  /** How many more there are than listed. */
  readonly moreWaiters: number;
  readonly moreHolders: number;
}

/** Waiters and holders shown in an opened row. */
const sitesShown = 3;

/** A lock as a row; `line` is its own line over time, when it was asked for. */
export function lockRow(entry: LockEntry, line: WaitingLine | undefined): LockRow {
  const { lock } = entry;
  const waiter = lock.waiters[0]?.site;
  const holder = lock.link === 'Unlinked' && lock.waiters.length > 0 ? undefined : lock.holders[0]?.site;
  return {
    id: lock.id,
    name: lock.name,
    family: lock.family,
    pattern: patternName(lock.pattern),
    max: lock.waiting.max,
    maxPod: (lock.waiting.pods ?? 0) < 2 ? undefined : (lock.waiting.maxPod ?? undefined),
    bucketSeconds: lock.waiting.bucketSeconds,
    avg: lock.waiting.avg,
    sumAvg: lock.waiting.sumAvg,
    meanWait: lock.meanWaitSeconds,
    hold: entry.holdSeconds,
    waiter: waiter === undefined ? undefined : bareName(waiter.function),
    holder: holder === undefined ? undefined : bareName(holder.function),
    link: lock.link,
    linkWhy: linkExplanation(entry),
    pods: lock.waiting.pods,
    spark: line?.max ?? [],
    waiters: lock.waiters.slice(0, sitesShown).map((waiterSite) => rowSite(waiterSite, false)),
    holders: lock.holders.slice(0, sitesShown).map((each) => rowSite(each, each.role === 'releaser')),
    moreWaiters: Math.max(0, lock.waiters.length - sitesShown),
    moreHolders: Math.max(0, lock.holders.length - sitesShown),
  };
}

function rowSite(
  of: LockEntry['lock']['waiters'][number] | LockEntry['lock']['holders'][number],
  releaser: boolean,
): RowSite {
  const { site } = of;
  return {
    id: site.id,
    name: shortName(site.function),
    place: placeOf(site),
    kind: site.kind,
    share: of.share,
    delaySeconds: of.delaySeconds,
    releaser,
  };
}
