import { placeOf, shortName } from '@/lib/profile/function-name';
import type { DiffDocument } from '@/lib/query/api/diff';
import { diffSentence, formatLockWaiting, formatSiteValue, lockUnitWords } from '@/lib/report/diff-sentence';
import { plainText } from '@/lib/report/sentence';
import { formatDuration, formatPlural, formatRatio } from '@/lib/units-format';
import { leftOutLines } from './left-out-lines';

type LockRow = DiffDocument['locks'][number];
type SiteRow = DiffDocument['sites'][number];

const marks: Readonly<Record<SiteRow['verdict'], string>> = {
  regression: '▲ worse',
  suspicious: '? suspicious',
  improved: '▼ better',
  moved: '↔ moved',
  unchanged: '= unchanged',
  inconclusive: '– cannot be told',
};

/** The document as a text for people. `top` rows of locks and of sites; 0 = all. */
export function diffTable(document: DiffDocument, top: number): string {
  const { runs, unit } = document;
  const order = runs.interleaved ? 'interleaved' : 'one side after the other';
  const changed = document.sites.filter(({ primary, verdict }) => primary && verdict !== 'unchanged');
  const quiet = document.sites.filter(({ primary, verdict }) => primary && verdict === 'unchanged').length;
  const lines = [
    plainText(diffSentence(document)),
    '',
    `${runs.base} + ${formatPlural(runs.head, 'run')}, ${order}; values per ${unit}`,
    '',
    ...section('Locks:', document.locks.map(lockLines), top),
    ...section('Changes:', changed.map(siteLines), top),
    ...(quiet > 0 ? [`${formatPlural(quiet, 'tested site')} unchanged${blindText(document)}`, ''] : []),
    ...document.trust.map(({ message }) => `trust: ${message}`),
    ...document.notes.map(({ message }) => `note: ${message}`),
    ...leftOutLines(document.left_out),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function section(title: string, rows: readonly (readonly string[])[], top: number): string[] {
  if (rows.length === 0) return [];
  const shown = top === 0 ? rows : rows.slice(0, top);
  const more = rows.length - shown.length;
  return [title, ...shown.flat(), ...(more > 0 ? [`  … ${more} more (--top 0 for all)`] : []), ''];
}

function lockLines(lock: LockRow): string[] {
  const { unit, base, head } = lock.waiting;
  const { meanWaitSeconds: mean } = lock;
  const values = `${formatLockWaiting(base.median, unit)} → ${formatLockWaiting(head.median, unit)} ${lockUnitWords(unit)}`;
  const interval = lock.ci95 === null ? '' : ` (${formatRatio(lock.ci95[0], 1)} to ${formatRatio(lock.ci95[1], 1)})`;
  const ratio = lock.ratio === null ? lock.presence : `${formatRatio(lock.ratio, 1)}${interval}`;
  const waits = `mean wait ${formatDuration(mean.base)} → ${formatDuration(mean.head)}`;
  return [
    `  ${marks[lock.verdict].padEnd(16)} ${lock.name}  ${lock.family}`,
    `    ${values}, ${ratio}, ${lock.runsAbove.above} of ${lock.runsAbove.of} runs above the base; ${waits}`,
    ...(lock.waiter === null ? [] : [`    waits  ${shortName(lock.waiter.function)}  ${placeOf(lock.waiter)}`]),
    ...(lock.holder === null ? [] : [`    holds  ${shortName(lock.holder.function)}  ${placeOf(lock.holder)}`]),
    ...(lock.why === '' ? [] : [`    ${lock.why}`]),
  ];
}

function siteLines(row: SiteRow): string[] {
  const { site, metric, base, head } = row;
  const values = `${formatSiteValue(base.median, metric)} → ${formatSiteValue(head.median, metric)}`;
  const ratio = row.ratio === null ? row.presence : formatRatio(row.ratio, 1);
  const q = row.q === null ? '' : `, q ${row.q < 0.0001 ? '< 0.0001' : row.q.toPrecision(2)}`;
  const where = site.kind === 'benchmark' ? site.function : `${shortName(site.function)}  ${placeOf(site)}`;
  const matched = row.matchedBy === null ? '' : `; ${row.matchedBy}`;
  return [
    `  ${marks[row.verdict].padEnd(16)} ${metric.padEnd(13)} ${where}`,
    `    ${values}, ${ratio}${q}${matched}${row.why === '' ? '' : `; ${row.why}`}`,
  ];
}

/** Every "no change" says how small a change would have been seen. */
function blindText({ blindBelowRatio: { lock, cpu, time } }: DiffDocument): string {
  const part = (name: string, ratio: number | null) => (ratio === null ? [] : [`${name} ${formatRatio(ratio, 1)}`]);
  const parts = [...part('locks', lock), ...part('CPU', cpu), ...part('time', time)];
  return parts.length === 0 ? '' : `; blind below ${parts.join(', ')}`;
}
