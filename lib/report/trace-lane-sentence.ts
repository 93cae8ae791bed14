import { bareName } from '@/lib/profile/function-name';
import type { LaneState, TileHold, TileQueue, TraceTile } from '@/lib/query/trace/result';
import { formatCount, formatDuration, formatPlural, formatWaiting } from '@/lib/units-format';

/** States as the second half of "12 …". */
const stateWords: Readonly<Record<LaneState, string>> = {
  running: 'running',
  runnable: 'runnable',
  syscall: 'in system calls',
  lock: 'waiting for a lock',
  channel: 'waiting for a channel',
  network: 'waiting for the network',
  sleep: 'asleep',
  gc: 'working for the garbage collector',
  other: 'waiting for something else',
};

/** What the picture of goroutines by state shows: the three commonest states, mean and largest number. */
export function statesSentence(tile: Pick<TraceTile, 'fromNs' | 'toNs' | 'states' | 'runtimeGoroutines'>): string {
  const states = tile.states
    .map(({ state, mean, max }) => ({ state, mean: average(mean), max: largest(max) }))
    .filter(({ max }) => max > 0)
    .sort((a, b) => b.mean - a.mean);
  const live = states.reduce((sum, { mean }) => sum + mean, 0);
  if (states.length === 0) return 'No goroutine of the program is known in this window.';
  const parts = states
    .slice(0, 3)
    .map(({ state, mean, max }) => `${formatWaiting(mean)} ${stateWords[state]} (at most ${formatCount(max)})`);
  const more = states.length > 3 ? `, and ${formatPlural(states.length - 3, 'more state')}` : '';
  const runtime = tile.runtimeGoroutines;
  const left = runtime === 0 ? '' : ` ${formatCount(runtime)} of the Go runtime's own are left out.`;
  const window = duration(tile.toNs - tile.fromNs);
  return `In ${window} the program had ${formatWaiting(live)} goroutines on average: ${parts.join(', ')}${more}.${left}`;
}

/** What the lane of a lock shows: holds in the window, how long, by whom, and the longest queue. */
export function lockLaneSentence({ lock }: Pick<TraceTile, 'lock'>): string {
  if (lock === undefined) return 'No lock is chosen.';
  const queue = lock.queue.map(({ who, max }) => ({ who, max: largest(max) })).filter(({ max }) => max > 0);
  const waited =
    queue.length === 0
      ? 'nobody waited for it'
      : `at once waited at most ${queue.map(({ who, max }) => formatPlural(max, who.replace(/s\b/, ''), who)).join(', ')}`;
  const holds = lock.holds.reduce((sum, hold) => sum + hold.merged, 0);
  if (holds === 0) return `No hold of ${lock.name} that made someone wait lies in this window; ${waited}.`;
  return `${lock.name} was held ${formatPlural(holds, 'time')} while others waited, ${heldText(lock.holds)}; ${waited}.`;
}

/** What the folded waiters show: waits by site, the largest number at once. */
export function waitersSentence({ waiters, unfolded }: Pick<TraceTile, 'waiters' | 'unfolded'>): string {
  if (waiters.length === 0) return 'Nobody waited for this lock in this window.';
  const sites = waiters.slice(0, 3).map(siteText);
  const more = waiters.length > 3 ? `; ${formatPlural(waiters.length - 3, 'more site')}` : '';
  const rows =
    unfolded === undefined || unfolded.rows.length === 0
      ? ''
      : ` Shown one by one: ${formatCount(unfolded.offset + 1)} to ${formatCount(unfolded.offset + unfolded.rows.length)} of ${formatCount(unfolded.total)}.`;
  return `${sites.join('; ')}${more}.${rows}`;
}

function siteText({ site, waits, max }: TileQueue): string {
  const where = site.function === '' ? 'a call that is not in the trace' : bareName(site.function);
  return `${formatPlural(waits, 'wait')} in ${where} (${site.kind}), at most ${formatCount(largest(max))} at once`;
}

/** "733 ms in all, by G6 in ReloadFromDB"; "≥" when not every start is known. */
function heldText(holds: readonly TileHold[]): string {
  const ns = holds.reduce((sum, hold) => sum + hold.heldNs, 0);
  const exact = holds.every((hold) => hold.start === 'exact');
  const unknown = holds.filter((hold) => hold.start === 'unknown').reduce((sum, hold) => sum + hold.merged, 0);
  const longest = holds.reduce((a, b) => (b.heldNs > a.heldNs ? b : a));
  const who = holds.every((hold) => hold.goroutine === longest.goroutine && hold.merged === 1)
    ? `by G${longest.goroutine} in ${bareName(longest.site.function)}`
    : `longest in ${bareName(longest.site.function)}`;
  const since = unknown === 0 ? '' : `, ${formatCount(unknown)} of unknown length`;
  return `${exact ? '' : '≥ '}${duration(ns)} in all${since}, ${who}`;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function duration(ns: number): string {
  return formatDuration(ns / 1e9);
}
