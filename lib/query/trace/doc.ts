import { LockscopeError } from '@/lib/errors';
import { criticalPath } from '@/lib/locktrace/critical-path';
import { laneStates } from '@/lib/locktrace/lane-state';
import { findRequest, type RequestName } from '@/lib/locktrace/slow-request';
import { type TraceDocument, traceDocument } from '../api/trace';
import { lockRow, summaryOf } from './summary';
import type { TraceView } from './trace-view';
import { wholeTrace } from './whole-trace';
import { locksWithin } from './window-locks';

export interface TraceDocOptions {
  /** Id of a lock, or a part of its name. */
  readonly lock?: string | undefined;
  /** Locks and convoys at most; 0 or undefined = all. */
  readonly top?: number | undefined;
  /** Waits that begin, and convoys that overlap, in this window only. */
  readonly fromNs?: number | undefined;
  readonly toNs?: number | undefined;
  /** What to give the critical path of. */
  readonly request?: RequestName | undefined;
  /** Parts of the window that `states` tells of. */
  readonly buckets?: number | undefined;
}

/**
 * The document `lockscope/trace/v1`. Throws `trace.window` for an empty window, `trace.no-lock` for a name that no lock
 * has, `trace.no-request` for a task, region or goroutine that is not there.
 */
export function docOf(view: TraceView, options: TraceDocOptions = {}): TraceDocument {
  const fromNs = Math.max(options.fromNs ?? 0, 0);
  const toNs = Math.min(options.toNs ?? view.durationNs, view.durationNs);
  if (!(toNs > fromNs))
    throw new LockscopeError('trace.window', 'the trace has nothing in that window', { place: 'from' });
  const pixels = options.buckets ?? 60;
  const summary = summaryOf(view);
  const cut = fromNs > 0 || toNs < view.durationNs;
  const locks = (cut ? locksWithin(view, fromNs, toNs).map((lock) => lockRow(view, lock)) : summary.locks).filter(
    ({ id, name }) => options.lock === undefined || id === options.lock || name.includes(options.lock),
  );
  if (options.lock !== undefined && locks.length === 0)
    throw new LockscopeError('trace.no-lock', `the trace has no lock "${options.lock}" in that window`, {
      place: 'lock',
    });
  const ids = new Set(locks.map((lock) => lock.id));
  const convoys = summary.convoys.filter(
    (convoy) => ids.has(convoy.lockId) && convoy.atNs < toNs && convoy.atNs + convoy.durationNs > fromNs,
  );
  const most = options.top === undefined || options.top === 0 ? Number.POSITIVE_INFINITY : options.top;
  const sampled = view.states.sample(fromNs, toNs, pixels);
  const states = laneStates.map((state, index) => ({ state, ...(sampled[index] ?? { mean: [], max: [] }) }));
  const path = options.request === undefined ? undefined : pathOf(view, options.request, fromNs, toNs);
  const notes = cut ? [...summary.notes, windowNote] : summary.notes;
  const shown = { ...summary, notes, locks: locks.slice(0, most), convoys: convoys.slice(0, most) };
  return {
    ...traceDocument(shown, { fromNs, toNs, pixels, states }),
    ...(path === undefined ? {} : { criticalPath: path.steps }),
    left_out: leftOut({
      locks: locks.length - shown.locks.length,
      convoys: convoys.length - shown.convoys.length + view.kept.head.convoysLeftOut,
      criticalPathCut: path?.cut ?? 0,
      runtimeGoroutines: view.runtimeGoroutines,
    }),
  };
}

const windowNote = {
  code: 'trace.window',
  message:
    'Locks are told by the waits that begin and the holds that end in the window; the share of the garbage collector is that of the whole trace.',
};

/** Only what was left out at all. */
function leftOut(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function pathOf(view: TraceView, name: RequestName, fromNs: number, toNs: number) {
  const trace = wholeTrace(view.kept);
  const request = findRequest(trace, name, { fromNs, toNs });
  // The rows of that trace's log are those of the view.
  const { steps, cut } = criticalPath(trace, request, { intervals: view, classes: view.classes });
  return {
    cut,
    steps: steps.map((step) => ({
      goroutine: view.id(step.goroutine),
      name: view.name(step.goroutine),
      state: step.state,
      function: step.function,
      fromSeconds: step.fromNs / 1e9,
      toSeconds: step.toNs / 1e9,
      depth: step.depth,
    })),
  };
}
