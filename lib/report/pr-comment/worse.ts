import type { LockChange, SiteChange } from '@/lib/regression/comparison';
import type { Compared } from './context';

/** The changes of one verdict that people must look at: those that others displaced are not among them. */
export interface Changes {
  readonly locks: readonly LockChange[];
  /** CPU time of functions. */
  readonly cpu: readonly SiteChange[];
  /** Time per operation of benchmarks. */
  readonly time: readonly SiteChange[];
  /** Sites of waits that belong to no lock in `locks`. */
  readonly waits: readonly SiteChange[];
}

/** Changes of a verdict in the comparison's own order. Every primary site of the verdict is in it, by itself or by its lock. */
export function changesOf({ locks, sites }: Compared, verdict: 'regression' | 'suspicious' | 'improved'): Changes {
  const own = locks.filter((lock) => lock.verdict === verdict && lock.movedWith === null);
  const shown = new Set(locks.filter((lock) => lock.verdict === verdict).map(({ id }) => id));
  const displaced = (site: SiteChange) => site.group !== null && site.group !== site.site.id;
  const rest = sites.filter((site) => site.primary && site.verdict === verdict && !displaced(site));
  return {
    locks: own,
    cpu: rest.filter(({ metric }) => metric === 'cpu'),
    time: rest.filter(({ metric }) => metric === 'time'),
    waits: rest.filter(
      ({ metric, lock }) => metric !== 'cpu' && metric !== 'time' && !(lock !== null && shown.has(lock)),
    ),
  };
}

/** How many there are of all kinds. */
export function countOf({ locks, cpu, time, waits }: Changes): number {
  return locks.length + cpu.length + time.length + waits.length;
}
