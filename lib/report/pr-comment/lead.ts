import { placeOf, shortName } from '@/lib/profile/function-name';
import type { ChangedSite, LockChange, SiteChange } from '@/lib/regression/comparison';
import { formatLockWaiting, formatSiteValue, lockUnitWords } from '@/lib/report/diff-sentence';
import { formatPlural } from '@/lib/units-format';
import type { CommentContext, Compared } from './context';
import { codeSpan, plainMarkdown } from './escape';
import { formatVisible } from './numbers';
import { touchedAt } from './touched-at';
import { changesOf } from './worse';

type Lead = Pick<CommentContext, 'touched' | 'base'>;

/** The paragraph under the headline: the worst change with its numbers, where it is, and why it counts. */
export function leadOf(comparison: Compared, context: Lead): string {
  switch (comparison.verdict) {
    case 'regression':
    case 'suspicious':
    case 'improved': {
      const { locks, waits, cpu, time } = changesOf(comparison, comparison.verdict);
      const [lock] = locks;
      if (lock !== undefined) return lockLead(lock, context);
      const site = waits[0] ?? cpu[0] ?? time[0];
      return site === undefined ? '' : siteLead(site, comparison, context);
    }
    case 'unchanged':
      return unchangedLead(comparison);
    case 'inconclusive':
      return inconclusiveLead(comparison);
  }
}

function lockLead(lock: LockChange, { touched }: Lead): string {
  const { unit, base, head } = lock.waiting;
  const up = head.median > base.median;
  const seen = up ? `, in ${lock.runsAbove.above} of ${lock.runsAbove.of} runs` : '';
  const goes = `${codeSpan(lock.name)} goes from ${formatLockWaiting(base.median, unit)} to **${formatLockWaiting(head.median, unit)} ${lockUnitWords(unit)}**${seen}.`;
  const place = lock.holder === null ? '' : ` Held in ${siteText(lock.holder, touched)}.`;
  return `${goes}${place}${reason(lock.why)}`;
}

function siteLead(site: SiteChange, { unit }: Compared, { touched }: Lead): string {
  const what = site.metric === 'time' ? 'Time of' : site.metric === 'cpu' ? 'CPU time in' : 'Waiting in';
  const value = (median: number) => formatSiteValue(median, site.metric);
  const per = site.metric === 'time' ? 'op' : unit;
  const name = site.metric === 'time' ? codeSpan(shortName(site.site.function)) : siteText(site.site, touched);
  return `${what} ${name} goes from ${value(site.base.median)} to **${value(site.head.median)} per ${per}**.${reason(site.why)}`;
}

/** Name and place; says when the pull request changed a line of that file near it. */
function siteText(site: ChangedSite, touched: Lead['touched']): string {
  const place = placeOf(site);
  const changed = touchedAt(site, touched) !== undefined ? ', changed in this pull request' : '';
  const where = place === '' ? '' : ` (${codeSpan(place)}${changed})`;
  return `${codeSpan(shortName(site.function))}${where}`;
}

function unchangedLead({ blindBelowRatio: { lock, cpu, time }, locks }: Compared): string {
  const parts = [
    lock === null ? '' : `${formatVisible(lock)} in waiting for a lock`,
    cpu === null ? '' : `${formatVisible(cpu)} in CPU time`,
    time === null ? '' : `${formatVisible(time)} in time per operation`,
  ].filter((part) => part !== '');
  const seen = parts.length === 0 ? '' : ` A change of ${parts.join(', ')} or more would have been seen.`;
  return `${formatPlural(locks.length, 'lock')} compared.${seen}`;
}

function inconclusiveLead({ runs, trust, blindBelowRatio: { lock, cpu, time } }: Compared): string {
  if (Math.min(runs.base, runs.head) < 5)
    return `Not enough runs: ${runs.base} of the base and ${runs.head} of this change; at least 5 of each are needed.`;
  const blind = lock ?? cpu ?? time;
  if (blind !== null) return `On this runner a change below ${formatVisible(blind)} would not have been seen.`;
  const [first] = trust;
  return first === undefined ? 'Nothing could be tested.' : `Nothing could be tested: ${plainMarkdown(first.message)}`;
}

function reason(why: string): string {
  const text = plainMarkdown(why).trim();
  return text === '' ? '' : ` ${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
