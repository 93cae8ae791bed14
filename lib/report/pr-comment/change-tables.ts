import { shortName } from '@/lib/profile/function-name';
import type { LockChange, SiteChange } from '@/lib/regression/comparison';
import { formatSiteValue } from '@/lib/report/diff-sentence';
import { formatDuration, formatPlural } from '@/lib/units-format';
import type { CommentContext, Compared } from './context';
import { codeSpan, plainMarkdown } from './escape';
import { formatChance, formatChange, formatInterval, lockValues } from './numbers';
import type { Changes } from './worse';

type Labels = Pick<CommentContext, 'base'>;

/** Worse locks as people read them: waiting on both sides. At most `rows`; the rest is counted in a last line. */
export function lockTable(locks: readonly LockChange[], { base }: Labels, rows: number): string[] {
  if (locks.length === 0) return [];
  const lines = locks.slice(0, rows).map((lock) => {
    const values = lockValues(lock);
    const { above, of } = lock.runsAbove;
    return row([
      nameIn(lock.name, lock.benchmark),
      values.base,
      values.head,
      `**${values.change}**`,
      formatInterval(lock),
      `${above} of ${of}`,
    ]);
  });
  return [
    row(['lock', plainMarkdown(base.label), 'this PR', 'change', 'ratio (95 %)', 'runs']),
    '|---|--:|--:|--:|--:|--:|',
    ...lines,
    ...more(locks.length - rows, 'lock'),
  ];
}

/** Changed sites by what was tested. At most `rows`; the rest is counted in a last line. */
export function siteTable(
  sites: readonly SiteChange[],
  comparison: Compared,
  { base }: Labels,
  rows: number,
): string[] {
  if (sites.length === 0) return [];
  const lines = sites.slice(0, rows).map((site) => {
    const value = (median: number) => formatSiteValue(median, site.metric);
    return row([
      nameIn(shortName(site.site.function), site.metric === 'time' ? null : site.benchmark),
      metricWords(site, comparison),
      value(site.base.median),
      value(site.head.median),
      `**${formatChange(site.base.median, site.head.median, value)}**`,
      formatInterval(site),
      site.q === null ? 'not tested' : `q ${formatChance(site.q)}`,
    ]);
  });
  return [
    row(['where', 'what', plainMarkdown(base.label), 'this PR', 'change', 'ratio (95 %)', 'test']),
    '|---|---|--:|--:|--:|--:|---|',
    ...lines,
    ...more(sites.length - rows, 'row'),
  ];
}

/** What the numbers of the tables are, and what became of all the other locks. */
export function tableCaption(comparison: Compared, changes: Changes): string {
  const { runs, locks } = comparison;
  const [first] = changes.locks;
  const count = (test: (lock: LockChange) => boolean) => locks.filter(test).length;
  const moved = count(({ movedWith, verdict }) => movedWith !== null || verdict === 'moved');
  const others = [
    `${formatPlural(moved, 'lock')} moved with it`,
    `${count(({ verdict }) => verdict === 'unchanged')} unchanged`,
    `${count(({ verdict, movedWith }) => verdict === 'improved' && movedWith === null)} better`,
    blind(count(({ verdict }) => verdict === 'inconclusive')),
  ].filter((part) => part !== '');
  const each =
    runs.base === runs.head ? `median of ${runs.base} runs each` : `medians of ${runs.base} and ${runs.head} runs`;
  const what =
    first === undefined
      ? ''
      : `${first.waiting.unit === 'goroutines' ? 'Goroutines waiting per process' : `Time waited ${first.waiting.unit.replace('seconds ', '')}`}, ${each}. ${meanWait(first)}`;
  return `${what}${others.join(', ')}.`;
}

/** A name, and the benchmark in whose runs it was measured. */
export function nameIn(name: string, benchmark: string | null): string {
  return benchmark === null ? codeSpan(name) : `${codeSpan(name)} in ${codeSpan(shortName(benchmark))}`;
}

function meanWait({ meanWaitSeconds: { base, head } }: LockChange): string {
  if (head === null) return '';
  return base === null
    ? `Mean wait ${formatDuration(head)}. `
    : `Mean wait ${formatDuration(base)} → ${formatDuration(head)}. `;
}

function blind(count: number): string {
  return count === 0 ? '' : `${count} that cannot be told`;
}

function metricWords({ metric }: SiteChange, { unit }: Compared): string {
  switch (metric) {
    case 'time':
      return 'time per op';
    case 'cpu':
      return `CPU time per ${unit}`;
    case 'block.delay':
      return `waiting per ${unit}`;
    case 'mutex.delay':
      return `waiting caused per ${unit}`;
    case 'mutex.contentions':
      return `contentions per ${unit}`;
  }
}

function more(count: number, noun: string): string[] {
  return count > 0 ? ['', `… ${formatPlural(count, noun)} more.`] : [];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
