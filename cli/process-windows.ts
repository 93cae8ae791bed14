import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { LeftOutFile, ProfileFile } from './inputs';
import { type StackRow, type StackTable, subtractTable, tableOf, tableTotals } from './stack-table';

export interface ProcessWindow {
  readonly rows: readonly StackRow[];
  /** ms since 1970; undefined = the files tell no time. */
  readonly start: number | undefined;
  readonly wallMs: number | undefined;
}

export interface ProcessWindows {
  readonly windows: readonly ProcessWindow[];
  /** Profiles that were read into windows, the first cumulative one (the base) included. */
  readonly used: readonly ProfileFile[];
  /** True when the only window is "since process start" and nobody gave its length. */
  readonly sinceStart: boolean;
  readonly restarts: readonly string[];
  readonly leftOut: readonly LeftOutFile[];
  /** What the first cumulative profile holds: it happened before the first window. */
  readonly beforeFirst: { readonly file: string; readonly count: number; readonly value: number } | undefined;
}

export interface WindowOptions {
  /** How to read files; undefined = by `duration_nanos`. */
  readonly reading: 'delta' | 'cumulative' | undefined;
  /** Length for a profile since process start, or for deltas without one. */
  readonly windowSeconds: number | undefined;
}

/**
 * The windows of one process from its profiles of one kind ("one call is one process", docs/api.md). Cumulative ones
 * are subtracted from each other in order of time; a fall in any stack is a restart, which counts from zero; deltas
 * are windows by themselves unless cumulative profiles cover them.
 */
export function windowsOfProcess(files: readonly ProfileFile[], options: WindowOptions): ProcessWindows {
  const ordered = inTimeOrder(files);
  const isDelta = ({ profile }: ProfileFile) =>
    options.reading === undefined ? profile.durationNanos > 0n : options.reading === 'delta';
  const deltas = ordered.filter(isDelta);
  const cumulative = ordered.filter((file) => !isDelta(file));
  const leftOut: LeftOutFile[] = [];
  if (cumulative.length === 1 && deltas.length > 0) {
    for (const { file } of cumulative) leftOut.push({ file, reason: 'one cumulative profile beside deltas' });
  }
  const outside = cumulative.length < 2 ? deltas : deltas.filter((delta) => !isWithin(delta, cumulative));
  for (const { file } of deltas.filter((delta) => !outside.includes(delta))) {
    leftOut.push({ file, reason: 'a delta within the span of the cumulative profiles' });
  }
  const chained = cumulative.length > 1;
  const lone = outside.length === 1 && !chained;
  const own = outside.map(({ profile }) => deltaWindow(profile, lone ? options.windowSeconds : undefined));
  if (cumulative.length === 1 && deltas.length === 0) {
    return { ...sinceStart(cumulative, options), leftOut };
  }
  const chain = chained ? subtractChain(cumulative) : emptyChain;
  const windows = [...chain.windows, ...own].sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  return {
    windows: withGivenLength(windows, options.windowSeconds),
    used: [...(chained ? cumulative : []), ...outside],
    sinceStart: false,
    restarts: chain.restarts,
    leftOut,
    beforeFirst: chain.beforeFirst,
  };
}

const emptyChain: Pick<ProcessWindows, 'windows' | 'restarts' | 'beforeFirst'> = {
  windows: [],
  restarts: [],
  beforeFirst: undefined,
};

/** By `time_nanos` when all have one, ties as given; else as given. */
function inTimeOrder(files: readonly ProfileFile[]): ProfileFile[] {
  if (files.some(({ profile }) => profile.timeNanos === 0n)) return [...files];
  return [...files].sort((a, b) => Number(a.profile.timeNanos - b.profile.timeNanos));
}

function isWithin({ profile }: ProfileFile, cumulative: readonly ProfileFile[]): boolean {
  const times = cumulative.map((file) => file.profile.timeNanos);
  const [first, last] = [times[0] ?? 0n, times.at(-1) ?? 0n];
  // A delta's time is the end of its window.
  return profile.timeNanos > first && profile.timeNanos - profile.durationNanos < last;
}

function sinceStart(files: readonly ProfileFile[], options: WindowOptions): Omit<ProcessWindows, 'leftOut'> {
  const { windowSeconds } = options;
  const windows = files.map(({ profile }): ProcessWindow => {
    const wallMs = windowSeconds === undefined ? undefined : windowSeconds * 1e3;
    const end = millisecondsOf(profile.timeNanos);
    const start = end === undefined || wallMs === undefined ? undefined : end - wallMs;
    return { rows: [...tableOf(profile).values()], start, wallMs };
  });
  const unknown = windowSeconds === undefined;
  return { windows, used: files, sinceStart: unknown, restarts: [], beforeFirst: undefined };
}

function deltaWindow(profile: WireProfile, givenSeconds: number | undefined): ProcessWindow {
  const end = millisecondsOf(profile.timeNanos);
  const given = givenSeconds === undefined ? undefined : givenSeconds * 1e3;
  const wallMs = profile.durationNanos > 0n ? Number(profile.durationNanos) / 1e6 : given;
  const start = end === undefined || wallMs === undefined ? undefined : end - wallMs;
  return { rows: [...tableOf(profile).values()], start, wallMs };
}

function subtractChain(files: readonly ProfileFile[]): typeof emptyChain {
  const windows: ProcessWindow[] = [];
  const restarts: string[] = [];
  let before: { readonly table: StackTable; readonly timeNanos: bigint } | undefined;
  let beforeFirst: ProcessWindows['beforeFirst'];
  for (const { file, profile } of files) {
    const table = tableOf(profile);
    if (before === undefined) {
      beforeFirst = { file, ...tableTotals(table) };
    } else {
      const rows = subtractTable(table, before.table);
      if (rows === undefined) restarts.push(file);
      windows.push({
        rows: rows ?? [...table.values()],
        start: millisecondsOf(before.timeNanos),
        wallMs: wallBetween(before.timeNanos, profile.timeNanos),
      });
    }
    before = { table, timeNanos: profile.timeNanos };
  }
  return { windows, restarts, beforeFirst };
}

/** A lone window whose length no file tells gets the given one. */
function withGivenLength(windows: readonly ProcessWindow[], seconds: number | undefined): readonly ProcessWindow[] {
  const [only] = windows;
  if (windows.length !== 1 || only === undefined || only.wallMs !== undefined || seconds === undefined) return windows;
  return [{ ...only, wallMs: seconds * 1e3 }];
}

/** ms; undefined when a time is missing or does not advance. Subtracted exactly: instants in ns exceed 2^53. */
function wallBetween(before: bigint, after: bigint): number | undefined {
  return before === 0n || after <= before ? undefined : Number(after - before) / 1e6;
}

function millisecondsOf(timeNanos: bigint): number | undefined {
  return timeNanos === 0n ? undefined : Number(timeNanos) / 1e6;
}
