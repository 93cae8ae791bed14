import type { Lock, Site } from '@/lib/contention/lock';
import { placeOf, shortName } from '@/lib/profile/function-name';
import type { TopDocument } from '@/lib/query/result';
import { idleRule } from '@/lib/report/idle-sentence';
import { formatCount, formatDuration, formatPlural, formatShare, formatWaiting } from '@/lib/units-format';
import { leftOutLines } from './left-out-lines';

/** Rows of waiters and of holders shown per lock; the JSON has all. */
const sitesPerLock = 3;

/** The document as a text for people: the busiest locks first, each with who waits and who holds. */
export function topTable(document: TopDocument, options: { readonly limit: number; readonly colour: boolean }): string {
  const bold = (text: string) => (options.colour ? `\u001b[1m${text}\u001b[0m` : text);
  const lines = [windowLine(document), ''];
  const shown = options.limit === 0 ? document.locks : document.locks.slice(0, options.limit);
  if (document.locks.length === 0) lines.push('No lock was waited for.', '');
  for (const lock of shown) lines.push(bold(lock.name), ...lockLines(lock), '');
  const more = document.locks.length - shown.length;
  if (more > 0) lines.push(`… ${more} more (--limit 0 for all)`, '');
  lines.push(...otherLines('Waits that are not locks', document.waits, options.limit));
  const { idle } = document;
  if (idle.sites > 0) {
    const hint = idle.list === undefined ? ' (--idle lists them)' : '';
    lines.push(`Idle: ${formatPlural(idle.sites, 'site')}, ${formatDuration(idle.delaySeconds)}${hint}`, '');
  }
  if (idle.list !== undefined) lines.push(...otherLines('Idle waits', idle.list, options.limit), idleRule, '');
  for (const { message } of document.notes) lines.push(`note: ${message}`);
  lines.push(...leftOutLines(document.left_out));
  return `${lines.join('\n').trimEnd()}\n`;
}

function windowLine({ window, inputs, stored }: TopDocument): string {
  const length = window.seconds === null ? 'since process start, length not known' : formatDuration(window.seconds);
  const until = window.end === null ? '' : `, until ${window.end}`;
  const from =
    stored === undefined
      ? formatPlural(inputs.length, 'profile')
      : `${formatPlural(stored.blockWindows, 'block window')}, ${formatPlural(stored.mutexWindows, 'mutex window')}`;
  return `Window: ${length}${until}; ${from}`;
}

function lockLines(lock: Lock): string[] {
  const { waiting } = lock;
  const avg = waiting.avg === null ? '' : `${formatWaiting(waiting.avg)} waiting on average`;
  const max =
    waiting.max === null
      ? ''
      : `, at most ${formatWaiting(waiting.max)} in a window of ${formatDuration(waiting.bucketSeconds)}${podText(waiting)}`;
  const delay = `${formatDuration(lock.delaySeconds)} in ${formatCount(lock.contentions)} waits, mean ${formatDuration(lock.meanWaitSeconds)}`;
  const pattern = lock.pattern === null ? '' : `, pattern ${lock.pattern}`;
  return [
    `  ${lock.family}: ${avg === '' ? '' : `${avg}${max}; `}${delay}; ${lock.link}${pattern}`,
    ...lock.waiters.slice(0, sitesPerLock).map(({ site, share }) => siteLine('waits', site, share, '')),
    ...moreLine(lock.waiters.length, 'waiters'),
    ...lock.holders
      .slice(0, sitesPerLock)
      .map(({ site, share, role }) =>
        siteLine('holds', site, share, role === 'releaser' ? ' (only released the readers)' : ''),
      ),
    ...moreLine(lock.holders.length, 'holders'),
  ];
}

/** Which pod had the busiest window; of one pod there is nothing to tell. */
function podText({ maxPod, pods }: Lock['waiting']): string {
  return maxPod === null || (pods ?? 0) < 2 ? '' : ` on ${maxPod}`;
}

function siteLine(verb: string, site: Site, share: number | null, remark: string): string {
  return `    ${verb}  ${formatShare(share).padStart(5)}  ${site.kind.padEnd(28)}  ${shortName(site.function)}  ${placeOf(site)}${remark}`;
}

function moreLine(count: number, what: string): string[] {
  return count > sitesPerLock ? [`    … ${count - sitesPerLock} more ${what} (--json has all)`] : [];
}

function otherLines(title: string, locks: readonly Lock[], limit: number): string[] {
  if (locks.length === 0) return [];
  const shown = limit === 0 ? locks : locks.slice(0, limit);
  const more = locks.length - shown.length;
  return [
    `${title}:`,
    ...shown.map((lock) => {
      const avg = lock.waiting.avg === null ? '' : `${formatWaiting(lock.waiting.avg).padStart(7)} waiting  `;
      const kind = lock.waiters[0]?.site.kind ?? lock.family;
      return `  ${avg}${formatDuration(lock.delaySeconds).padStart(9)}  ${kind.padEnd(14)}  ${lock.name}`;
    }),
    ...(more > 0 ? [`  … ${more} more (--limit 0 for all)`] : []),
    '',
  ];
}
