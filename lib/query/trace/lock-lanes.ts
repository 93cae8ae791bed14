import type { Waits } from '@/lib/locktrace/lock-trace';
import { Depth } from './depth';
import { IntervalIndex } from './interval-index';
import type { KeptAnalysis } from './open-analysis';

export const queueRoles = ['readers', 'writers', 'writers draining', 'waiters'] as const;
export type QueueRole = (typeof queueRoles)[number];

interface SiteWaits {
  readonly depth: Depth;
  readonly index: IntervalIndex;
}

/** The waits and holds of one lock, ready for windows. Built in O(its waits log waits). */
export class LockLanes {
  readonly holds: IntervalIndex;
  /** By number of the wait site. */
  readonly sites = new Map<number, SiteWaits>();
  /** Roles that wait for this lock, in the order of `queueRoles`. */
  readonly queue = new Map<QueueRole, Depth>();

  constructor({ waits, holds, head }: KeptAnalysis, lock: number) {
    const { durationNs } = head;
    this.holds = new IntervalIndex(
      rowsOf(holds.lock, lock),
      (row) => (holds.start[row] === 2 ? (holds.certainNs[row] ?? 0) : (holds.startNs[row] ?? 0)),
      (row) => endOr(holds.endNs[row], durationNs),
    );
    const bySite = new Map<number, number[]>();
    const roles = new Map(queueRoles.map((role) => [role, { begins: [] as number[], ends: [] as number[] }]));
    for (const row of rowsOf(waits.lock, lock)) {
      const site = waits.site[row] ?? 0;
      const rows = bySite.get(site) ?? [];
      rows.push(row);
      bySite.set(site, rows);
      for (const { role, fromNs, toNs } of phases(waits, row, head.sites[site]?.kind ?? '', durationNs)) {
        roles.get(role)?.begins.push(fromNs);
        roles.get(role)?.ends.push(toNs);
      }
    }
    for (const [role, { begins, ends }] of roles) {
      if (begins.length > 0) this.queue.set(role, new Depth(Float64Array.from(begins), Float64Array.from(ends)));
    }
    const begin = (row: number) => waits.beginNs[row] ?? 0;
    const end = (row: number) => waitEnd(waits, row, durationNs);
    for (const [site, rows] of bySite) {
      const depth = new Depth(Float64Array.from(rows, begin), Float64Array.from(rows, end));
      this.sites.set(site, { depth, index: new IntervalIndex(Uint32Array.from(rows), begin, end) });
    }
  }
}

/** When a goroutine left the queue: its last wake-up, the trace's end when none is seen. */
export function waitEnd(waits: Waits, row: number, durationNs: number): number {
  return Math.max(endOr(waits.grantedNs[row], durationNs), waits.beginNs[row] ?? 0);
}

function endOr(endNs: number | undefined, otherwise: number): number {
  return endNs === undefined || Number.isNaN(endNs) ? otherwise : endNs;
}

/** The disjoint parts of a wait by what it waits as: a writer waits for other writers, then for the readers inside. */
function phases(
  waits: Waits,
  row: number,
  kind: string,
  durationNs: number,
): readonly { readonly role: QueueRole; readonly fromNs: number; readonly toNs: number }[] {
  const fromNs = waits.beginNs[row] ?? 0;
  const toNs = waitEnd(waits, row, durationNs);
  if (kind === 'RWMutex.RLock') return [{ role: 'readers', fromNs, toNs }];
  if (!kind.startsWith('RWMutex.Lock')) return [{ role: 'waiters', fromNs, toNs }];
  const drainNs = waits.drainBeginNs[row] ?? Number.NaN;
  if (Number.isNaN(drainNs)) return [{ role: 'writers', fromNs, toNs }];
  const drains = Math.min(Math.max(drainNs, fromNs), toNs);
  const drained = Math.min(Math.max(endOr(waits.drainEndNs[row], toNs), drains), toNs);
  const parts = [
    { role: 'writers', fromNs, toNs: drains },
    { role: 'writers draining', fromNs: drains, toNs: drained },
    { role: 'writers', fromNs: drained, toNs },
  ] as const;
  return parts.filter((part) => part.toNs > part.fromNs);
}

function rowsOf(lockOf: Uint32Array, lock: number): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < lockOf.length; row += 1) if (lockOf[row] === lock) rows.push(row);
  return Uint32Array.from(rows);
}
