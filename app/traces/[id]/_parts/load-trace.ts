import 'server-only';
import { readHold } from '@/app/_captures/read-hold';
import { context } from '@/app/_server/context';
import type { Overview } from '@/components/trace/minimap';
import { coverOf } from '@/components/trace/tile-cover';
import { formatNs } from '@/components/trace/time-ruler';
import { clampWindow, type TimeWindow } from '@/components/trace/time-window';
import type { FirstPicture } from '@/components/trace/trace-explorer';
import type { TraceParams } from '@/components/trace/trace-params';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import type { TraceLockRow, TraceSummary, TraceTile } from '@/lib/query/trace/result';
import { formatCount } from '@/lib/units-format';
import { overviewSentence } from './overview-sentence';

export interface LoadedTrace {
  readonly summary: TraceSummary;
  /** The lock on screen; undefined when nothing waited in the trace. */
  readonly lock: TraceLockRow | undefined;
  readonly home: TimeWindow;
  readonly overview: Overview & { readonly summary: string };
  readonly longest:
    | { readonly wait: number; readonly rank: string; readonly release: readonly string[] | undefined }
    | undefined;
  readonly first: FirstPicture;
}

/** Columns of the minimap. */
const overviewColumns = 400;
/** Width that the first picture is computed for; the browser asks again where its own differs much. */
const usualWidth = 800;
/** Shares of the stall shown before it, and behind it, where its release is written. */
const margins = { before: 0.1, behind: 0.2 };

/** Reads what a page shows at first. Throws `trace.no-lock` for a lock that is not in the trace, and what the reader says. */
export async function loadTrace(id: string, params: TraceParams): Promise<LoadedTrace> {
  const { traces } = context();
  const summary = await traces.summary(id);
  const lock = chosenLock(summary, params.lock);
  const home = homeOf(summary, lock);
  const whole = { fromNs: 0, toNs: summary.durationNs };
  const [overall, longest] = await Promise.all([
    traces.tile(id, { ...whole, pixels: overviewColumns }),
    longestWait(id, summary, lock, home),
  ]);
  const tile = traces.tile(id, {
    ...coverOf(params.window ?? home, summary.durationNs, usualWidth),
    seen: params.window ?? home,
    lock: lock?.id,
    unfold: params.unfold,
    offset: params.offset,
    lanes: params.goroutines,
  });
  const hold =
    params.hold === undefined || lock === undefined
      ? undefined
      : await readHold(traces, id, { ...params.hold, lock: lock.id });
  const wait = hold === undefined ? (params.wait ?? longest?.wait) : hold.woken[0]?.wait;
  const [drawn, detail, found] = await Promise.all([
    tile,
    wait === undefined ? undefined : traces.wait(id, wait),
    search(id, params),
  ]);
  return {
    summary,
    lock,
    home,
    overview: overviewOf(summary, lock, overall),
    longest,
    first: { tile: drawn, wait: detail, hold, found },
  };
}

function chosenLock({ locks, headline }: TraceSummary, asked: string | undefined): TraceLockRow | undefined {
  if (asked === undefined) {
    return locks.find(({ id }) => id === headline?.lock) ?? locks.find(({ isLock, waits }) => isLock && waits > 0);
  }
  const lock = locks.find(({ id }) => id === asked);
  if (lock === undefined) {
    throw new LockscopeError('trace.no-lock', `the trace has no lock ${asked}`, { place: 'query lock' });
  }
  return lock;
}

/** The window that a page opens with: the stall, else the costliest convoy of the lock, else its longest queue. */
function homeOf(summary: TraceSummary, lock: TraceLockRow | undefined): TimeWindow {
  const { headline, convoys, durationNs } = summary;
  const whole = { fromNs: 0, toNs: durationNs };
  if (lock === undefined) return whole;
  if (headline !== undefined && headline.lock === lock.id) return shown(headline, durationNs);
  const convoy = convoys.find(({ lockId }) => lockId === lock.id);
  if (convoy !== undefined) {
    return shown({ fromNs: convoy.atNs, toNs: convoy.atNs + convoy.durationNs }, durationNs);
  }
  if (lock.queueMaxAtNs === null) return whole;
  const half = durationNs / 40;
  return clampWindow({ fromNs: lock.queueMaxAtNs - half, toNs: lock.queueMaxAtNs + half }, durationNs);
}

function shown({ fromNs, toNs }: TimeWindow, durationNs: number): TimeWindow {
  const span = toNs - fromNs;
  return clampWindow({ fromNs: fromNs - margins.before * span, toNs: toNs + margins.behind * span }, durationNs);
}

/** The longest wait of the stall's own waiters; of another lock, or where the stall names none, the longest of all. */
async function longestWait(
  id: string,
  { headline }: TraceSummary,
  lock: TraceLockRow | undefined,
  home: TimeWindow,
): Promise<LoadedTrace['longest']> {
  if (lock === undefined) return undefined;
  const { traces } = context();
  if (headline !== undefined && headline.lock === lock.id) {
    const site = lock.waiters.find((waiter) => waiter.site.function === headline.waiter)?.site.id;
    const { unfolded } = await traces.tile(id, { ...home, pixels: 1, lock: lock.id, unfold: site });
    // They come by their begin: of those that one release ended, the first ones waited longest.
    const [longest] = (unfolded?.rows ?? [])
      .filter(({ by, grantedNs }) => by === headline.goroutine && grantedNs !== null && grantedNs <= home.toNs)
      .sort((a, b) => (b.grantedNs ?? 0) - b.beginNs - ((a.grantedNs ?? 0) - a.beginNs));
    if (longest !== undefined) {
      return { wait: longest.wait, rank: `longest of ${headline.victims} in this stall`, release: wakeText(headline) };
    }
  }
  const { rows, total } = await traces.search(id, `lock:${lock.id}`, 0);
  const wait = rows.find((row) => row.wait !== null)?.wait;
  return wait === undefined || wait === null ? undefined : { wait, rank: `longest of ${total}`, release: undefined };
}

/** `366 woken by G6`, `within 733 µs`. */
function wakeText({
  woke,
  goroutine,
  wokenWithinNs,
}: NonNullable<TraceSummary['headline']>): readonly string[] | undefined {
  if (woke === 0 || wokenWithinNs === undefined) return undefined;
  const within = wokenWithinNs === 0 ? 'at once' : `within ${formatNs(wokenWithinNs)}`;
  return [`${formatCount(woke)} woken by G${goroutine}`, within];
}

/** A search that cannot be read says so beside its field; the page stands. */
async function search(id: string, { query, found }: TraceParams): Promise<FirstPicture['found']> {
  if (query === '') return { query, result: undefined, problem: undefined };
  try {
    return { query, result: await context().traces.search(id, query, found), problem: undefined };
  } catch (error) {
    if (errorCode(error)?.startsWith('trace.search') !== true) throw error;
    return { query, result: undefined, problem: errorMessage(error) };
  }
}

function overviewOf(summary: TraceSummary, lock: TraceLockRow | undefined, tile: TraceTile): LoadedTrace['overview'] {
  const waiting = tile.states.find(({ state }) => state === 'lock');
  const convoys = summary.convoys
    .filter(({ lockId }) => lockId === lock?.id)
    .map(({ atNs, durationNs }) => ({ fromNs: atNs, toNs: atNs + durationNs }));
  const { mean = [], max = [] } = waiting ?? {};
  return { mean, max, convoys, summary: overviewSentence({ mean, max }, summary) };
}
