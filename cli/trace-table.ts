import { placeOf, shortName } from '@/lib/profile/function-name';
import type { TraceDocument } from '@/lib/query/api/trace';
import type { TraceHeadline } from '@/lib/query/trace/result';
import { plainText } from '@/lib/report/sentence';
import { traceBecause, traceSentence } from '@/lib/report/trace-sentence';
import { formatCount, formatDuration, formatPlural, formatShare, formatWaiting } from '@/lib/units-format';

type Lock = TraceDocument['locks'][number];
type Doing = TraceDocument['convoys'][number]['doing'];

const sitesPerLock = 3;

/** The document of a trace as a person reads it in a terminal. `top` locks and convoys; 0 = all. */
export function traceTable(document: TraceDocument, headline: TraceHeadline | undefined, top: number): string {
  const { locks, convoys } = document;
  const ofLocks = locks.filter((lock) => lock.isLock);
  const lines = [factsLine(document), ''];
  if (headline !== undefined) lines.push(plainText(traceSentence(headline)), plainText(traceBecause(headline)), '');
  if (ofLocks.length === 0) lines.push('No goroutine waited for a lock in this trace.', '');
  for (const lock of cut(ofLocks, top)) lines.push(...lockLines(lock), '');
  const moreLocks = moreLine(ofLocks.length, top, 'lock');
  if (moreLocks.length > 0) lines.push(...moreLocks, '');
  const others = locks.filter((lock) => !lock.isLock);
  if (others.length > 0)
    lines.push(
      'Waits that are not locks:',
      ...cut(others, top).map(otherLine),
      ...moreLine(others.length, top, 'wait'),
      '',
    );
  if (convoys.length > 0)
    lines.push('Convoys:', ...cut(convoys, top).map(convoyLine), ...moreLine(convoys.length, top, 'convoy'), '');
  if (document.criticalPath !== undefined) lines.push('Critical path:', ...document.criticalPath.map(stepLine), '');
  lines.push(statesLine(document), gcLine(document), '');
  for (const { message } of document.notes) lines.push(`note: ${message}`);
  for (const { message, bytes } of document.lost) lines.push(`lost: ${formatCount(bytes)} bytes: ${message}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function factsLine({ goVersion, durationSeconds, events, goroutines }: TraceDocument): string {
  return `Trace of ${goVersion}: ${formatDuration(durationSeconds)}, ${formatCount(events)} events, ${formatCount(goroutines)} goroutines`;
}

function lockLines(lock: Lock): string[] {
  const { percentiles: p, queue } = lock;
  const cutOff =
    p.censored > 0
      ? `, ${p.censored} cut off by the trace (the longest ≥ ${formatDuration(p.longestCensoredSeconds)})`
      : '';
  const total = `${atLeast(p.censored)}${formatDuration(lock.totalSeconds)}`;
  return [
    `${lock.name}  ${lock.family}`,
    `  ${total} waited in ${formatPlural(lock.waits, 'wait')}, at most ${formatCount(queue.max)} at once, ${formatWaiting(queue.avg)} on average`,
    `  P50 ${formatDuration(p.p50Seconds)}  P90 ${formatDuration(p.p90Seconds)}  P99 ${formatDuration(p.p99Seconds)}  max ${longest(p)}  (exact, n = ${formatCount(p.n)}${cutOff})`,
    `  blocked ${atLeast(p.censored)}${formatDuration(lock.blockedSeconds)}, woken but not running ${formatDuration(lock.wakeupSeconds)}`,
    ...lock.waiters
      .slice(0, sitesPerLock)
      .map(
        ({ site, waits, totalSeconds, percentiles }) =>
          `    waits  ${`${atLeast(percentiles.censored)}${formatDuration(totalSeconds)}`.padStart(8)} in ${formatCount(waits)}  ${site.kind}  ${whereOf(site)}`,
      ),
    ...lock.holders.slice(0, sitesPerLock).map(holderLine),
  ];
}

function holderLine({
  site,
  role,
  goroutine,
  releases,
  waitReleasedSeconds,
  holdMaxSeconds,
  holds,
  doing,
}: Lock['holders'][number]): string {
  const who = goroutine === null ? '' : ` by G${goroutine}`;
  const exact = holdMaxSeconds === null ? '' : `, longest exact hold ${formatDuration(holdMaxSeconds)}`;
  const unsure = [
    holds.bounded > 0 ? `, start of ${formatPlural(holds.bounded, 'hold')} within bounds` : '',
    holds.unknown > 0 ? `, start of ${formatPlural(holds.unknown, 'hold')} unknown` : '',
  ].join('');
  const releaser = role === 'releaser' ? ' (only released the readers)' : '';
  return `    holds  ${formatDuration(waitReleasedSeconds).padStart(8)} ended in ${formatPlural(releases, 'release')}${who}  ${whereOf(site)}${exact}${unsure}; ${doingText(doing)}${releaser}`;
}

function doingText(doing: Doing): string {
  const total = Object.values(doing).reduce((sum, part) => sum + part, 0);
  const parts = Object.entries(doing)
    .filter(([, part]) => part > total / 100)
    .sort(([, a], [, b]) => b - a)
    .map(([name, part]) => `${name} ${formatShare(part / total)}`);
  return parts.length === 0 ? 'what it did is not known' : `meanwhile ${parts.join(', ')}`;
}

function otherLine(lock: Lock): string {
  const kind = lock.waiters[0]?.site.kind ?? lock.family;
  const total = `${atLeast(lock.percentiles.censored)}${formatDuration(lock.totalSeconds)}`;
  return `  ${total.padStart(8)} in ${formatPlural(lock.waits, 'wait')}  max ${longest(lock.percentiles)}  ${kind}  ${lock.name}`;
}

/** Of waits that the trace cut off only a part was seen. */
const atLeast = (censored: number): string => (censored > 0 ? '≥ ' : '');

/** The longest wait; a lower bound when one that was cut off lasted longer than any that ended. */
function longest({ maxSeconds, longestCensoredSeconds }: Lock['percentiles']): string {
  const cut = longestCensoredSeconds ?? 0;
  return cut > (maxSeconds ?? 0) ? `≥ ${formatDuration(cut)}` : formatDuration(maxSeconds);
}

function convoyLine({
  atSeconds,
  durationSeconds,
  kind,
  culprit,
  goroutine,
  victims,
  waitSeconds,
  doing,
}: TraceDocument['convoys'][number]): string {
  return `  at ${formatDuration(atSeconds)} for ${formatDuration(durationSeconds)}: ${kind} G${goroutine} ${shortName(culprit.function)}, ${formatPlural(victims, 'waiter')}, ${formatDuration(waitSeconds)} waited; ${doingText(doing)}`;
}

function stepLine({
  goroutine,
  state,
  function: name,
  fromSeconds,
  toSeconds,
  depth,
}: NonNullable<TraceDocument['criticalPath']>[number]): string {
  return `  ${formatDuration(fromSeconds).padStart(9)}  +${formatDuration(toSeconds - fromSeconds).padStart(8)}  ${'  '.repeat(depth)}G${goroutine} ${state}${name === '' ? '' : ` in ${shortName(name)}`}`;
}

function statesLine({ states }: TraceDocument): string {
  const parts = Object.entries(states.series).flatMap(([state, means]) => {
    if (means.length === 0) return [];
    const avg = means.reduce((sum, value) => sum + value, 0) / means.length;
    const max = Math.max(...means);
    return max < 0.005
      ? []
      : [`${state} ${formatWaiting(avg)} (busiest ${formatDuration(states.bucketSeconds)}: ${formatWaiting(max)})`];
  });
  return `Goroutines by state, on average: ${parts.join(', ')}`;
}

function gcLine({ gc }: TraceDocument): string {
  const share =
    gc.waitShare === null
      ? ''
      : `; ${formatShare(gc.waitShare)} of the waiting for locks fell into mark phases, ${formatWaiting(gc.lift ?? 0)} × what chance gives`;
  return `GC: ${formatPlural(gc.cycles, 'mark phase')}, ${formatDuration(gc.markSeconds)}; world stopped ${formatDuration(gc.stwSeconds)}${share}`;
}

function whereOf(site: Lock['waiters'][number]['site']): string {
  return site.function === '' ? '(where is not in the trace)' : `${shortName(site.function)}  ${placeOf(site)}`;
}

function cut<T>(rows: readonly T[], top: number): readonly T[] {
  return top === 0 ? rows : rows.slice(0, top);
}

function moreLine(count: number, top: number, what: string): string[] {
  return top > 0 && count > top ? [`  … ${formatPlural(count - top, `more ${what}`)} (--top 0 for all)`] : [];
}
