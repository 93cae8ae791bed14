import { isLockFamily } from '@/lib/contention/family';
import type { LockChange, SiteChange, Comparison as Whole } from '@/lib/regression/comparison';
import { formatDuration, formatPlural, formatWaiting } from '@/lib/units-format';
import { alarm, code, type Part, type Sentence } from './sentence';

/** A comparison in memory or as a document. */
type Comparison = Omit<Whole, 'leftOut'>;

/**
 * What comparing says first: which lock waits longer, from how much to how much, in how many runs; or that none does,
 * and how small a change would have been seen.
 */
export function diffSentence(comparison: Comparison): Sentence {
  const worse = ofVerdict(comparison, comparison.verdict === 'suspicious' ? 'suspicious' : 'regression');
  switch (comparison.verdict) {
    case 'regression':
      return worse.locks[0] === undefined ? otherSentence(worse.sites, 'is worse') : lockSentence(worse.locks);
    case 'suspicious':
      return [
        'Suspicious, not proven: ',
        ...(worse.locks[0] === undefined ? otherSentence(worse.sites, 'may be worse') : lockSentence(worse.locks)),
      ];
    case 'improved': {
      const better = ofVerdict(comparison, 'improved');
      return better.locks[0] === undefined ? otherSentence(better.sites, 'is better') : lockSentence(better.locks);
    }
    case 'inconclusive':
      return [inconclusive(comparison)];
    case 'unchanged':
      return [`Nothing got worse${visible(comparison)}.`];
  }
}

/** How a lock's waiting is printed, in its unit: `54.1 goroutines waiting`, `1.2 ms per op`. */
export function formatLockWaiting(value: number, unit: LockChange['waiting']['unit']): string {
  return unit === 'goroutines' ? formatWaiting(value) : formatDuration(value);
}

/** What follows the number: `goroutines waiting`, `waited per op`. */
export function lockUnitWords(unit: LockChange['waiting']['unit']): string {
  return unit === 'goroutines' ? 'goroutines waiting' : `waited ${unit.replace('seconds ', '')}`;
}

/** A site's value with its unit: `1.2 ms per op`; contentions are counts. */
export function formatSiteValue(value: number, metric: SiteChange['metric']): string {
  return metric === 'mutex.contentions' ? String(Number(value.toPrecision(3))) : formatDuration(value / 1e9);
}

function lockSentence(locks: readonly LockChange[]): Sentence {
  const [first, ...more] = locks;
  if (first === undefined) return [];
  const { unit, base, head } = first.waiting;
  const up = head.median >= base.median;
  const values: Part[] = [
    ` from ${formatLockWaiting(base.median, unit)} to `,
    alarm(`${formatLockWaiting(head.median, unit)} ${lockUnitWords(unit)}`),
  ];
  const { above, of } = first.runsAbove;
  return [
    `${countWords(locks)} ${verb(locks.length, up)}: `,
    code(first.name),
    ' goes',
    ...values,
    up ? `, in ${above} of ${of} runs` : '',
    more.length > 0 ? `; also ${more.map(({ name }) => name).join(', ')}` : '',
    '.',
  ];
}

/** `1 lock`, `2 places`, `1 lock and 2 other places`: channels, pools and the like are no locks. */
function countWords(locks: readonly LockChange[]): string {
  const real = locks.filter(({ family }) => isLockFamily(family)).length;
  const others = locks.length - real;
  return [
    real > 0 ? formatPlural(real, 'lock') : '',
    others > 0 ? formatPlural(others, real > 0 ? 'other place' : 'place') : '',
  ]
    .filter((part) => part !== '')
    .join(' and ');
}

function verb(count: number, up: boolean): string {
  const how = up ? 'longer' : 'less';
  return count === 1 ? `waits ${how}` : `wait ${how}`;
}

function otherSentence(sites: readonly SiteChange[], verbPhrase: string): Sentence {
  const [first, ...more] = sites;
  if (first === undefined) return [];
  const what =
    first.metric === 'time' ? 'Time per operation of ' : first.metric === 'cpu' ? 'CPU time in ' : 'Waiting in ';
  const and = more.length > 0 ? ` and ${formatPlural(more.length, 'other')}` : '';
  return [
    what,
    code(first.site.function),
    `${and} ${verbPhrase}: from ${formatSiteValue(first.base.median, first.metric)} to `,
    alarm(formatSiteValue(first.head.median, first.metric)),
    '.',
  ];
}

function ofVerdict({ locks, sites }: Comparison, verdict: 'regression' | 'suspicious' | 'improved') {
  return {
    locks: locks.filter((lock) => lock.verdict === verdict && lock.movedWith === null),
    sites: sites.filter((site) => site.verdict === verdict && site.primary),
  };
}

function inconclusive({ runs, blindBelowRatio, trust }: Comparison): string {
  const few = Math.min(runs.base, runs.head);
  if (few < 5) return `Not enough runs to tell: ${runs.base} and ${runs.head}, at least 5 of each are needed.`;
  const [first] = trust;
  const blind = blindBelowRatio.lock ?? blindBelowRatio.cpu ?? blindBelowRatio.time;
  if (blind === null) return `Nothing could be tested${first === undefined ? '' : `: ${first.message}`}.`;
  return `Cannot be told on this machine: a change below ×${roundRatio(blind)} would not have been seen.`;
}

function visible({ blindBelowRatio: { lock, cpu, time } }: Comparison): string {
  const parts = [
    lock === null ? '' : `×${roundRatio(lock)} in a lock's waiting`,
    cpu === null ? '' : `×${roundRatio(cpu)} in CPU time`,
    time === null ? '' : `×${roundRatio(time)} in time per operation`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` by more than could be seen here: ${parts.join(', ')}`;
}

function roundRatio(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2).replace(/0$/, '') : String(Math.round(ratio));
}
