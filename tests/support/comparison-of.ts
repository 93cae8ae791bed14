import type { ChangedSite, Comparison, LockChange, Side, SiteChange } from '@/lib/regression/comparison';

/** One side from its runs' values; the median is the middle one, or the mean of the two. */
export function side(...values: readonly number[]): Side {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return { median: ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2, values };
}

export function changedSite(fn: string, file = 'config.go', line = 51, kind = 'Mutex.Unlock'): ChangedSite {
  return { id: `site of ${fn}`, kind, function: fn, file: `/build/internal/${file}`, line };
}

/** A lock that goes from about 0.12 to about 54 goroutines waiting; `facts` replace what a test is about. */
export function lockChange(facts: Partial<LockChange> = {}): LockChange {
  const holder = changedSite('example.com/order/internal/config.(*OrderConfigManager).ReloadFromDB');
  return {
    id: `lock of ${facts.name ?? 'config'}`,
    name: 'config.(*OrderConfigManager)',
    benchmark: null,
    family: 'Mutex',
    verdict: 'regression',
    presence: 'both',
    waiting: {
      unit: 'goroutines',
      base: side(0.1, 0.12, 0.11, 0.13, 0.12, 0.26, 0.12, 0.1, 0.13, 0.12),
      head: side(54.1, 53.9, 54.3, 55, 54.1, 54.1, 52.8, 54.2, 54, 54.4),
      noise: 0.05,
    },
    contentions: { base: side(70), head: side(1470) },
    meanWaitSeconds: { base: 0.017, head: 0.368 },
    ratio: 451,
    ci95: [212, 530],
    q: 0.00002,
    runsAbove: { above: 10, of: 10 },
    sites: [holder.id],
    waiter: changedSite('example.com/order/internal/config.(*OrderConfigManager).Get', 'config.go', 44, 'Mutex.Lock'),
    holder,
    movedWith: null,
    why: 'contentions and mean wait both rose',
    ...facts,
  };
}

/** A function that takes 25 % more CPU time; `facts` replace what a test is about. */
export function siteChange(facts: Partial<SiteChange> = {}): SiteChange {
  return {
    site: changedSite('example.com/order/codec.Encode', 'codec.go', 12, 'other'),
    benchmark: null,
    metric: 'cpu',
    primary: true,
    verdict: 'regression',
    presence: 'both',
    base: side(1200, 1210, 1190, 1205, 1200, 1201, 1199, 1200),
    head: side(1500, 1510, 1490, 1502, 1500, 1498, 1500, 1505),
    ratio: 1.25,
    ci95: [1.23, 1.27],
    p: 0.0001,
    q: 0.0004,
    floor: 20,
    minimalRatio: 1.08,
    why: '',
    group: null,
    matchedBy: null,
    lock: null,
    ...facts,
  };
}

/** The mutex site behind a lock of `lockChange`. */
export function lockSite(lock: LockChange, facts: Partial<SiteChange> = {}): SiteChange {
  const fn = `${lock.name}.Unlock`;
  return siteChange({
    site: lock.holder ?? changedSite(fn),
    metric: 'mutex.delay',
    verdict: lock.verdict,
    base: side(...lock.waiting.base.values.map((waiting) => waiting * 1e9)),
    head: side(...lock.waiting.head.values.map((waiting) => waiting * 1e9)),
    ratio: lock.ratio,
    ci95: lock.ci95,
    q: lock.q,
    lock: lock.id,
    ...facts,
  });
}

/** Ten interleaved runs a side; `facts` replace what a test is about. */
export function comparison(facts: Partial<Comparison> = {}): Comparison {
  return {
    verdict: 'regression',
    runs: { base: 10, head: 10, interleaved: true },
    unit: 'second',
    sites: [],
    locks: [],
    blindBelowRatio: { lock: 2.7, cpu: 1.16, time: 1.05 },
    trust: [],
    leftOut: [],
    ...facts,
  };
}
