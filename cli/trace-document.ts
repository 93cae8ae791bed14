import { LockscopeError } from '@/lib/errors';
import { readTrace } from '@/lib/gotrace/read-trace';
import type { ByteSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { criticalPath } from '@/lib/locktrace/critical-path';
import { Activity } from '@/lib/locktrace/doing';
import { findRequest } from '@/lib/locktrace/slow-request';
import { StackClasses } from '@/lib/locktrace/stack-classes';
import { type TraceDocument, traceDocument } from '@/lib/query/api/trace';
import { encodeAnalysis } from '@/lib/query/trace/encode-analysis';
import { readAnalysis } from '@/lib/query/trace/open-analysis';
import type { TraceHeadline } from '@/lib/query/trace/result';
import { summaryOf } from '@/lib/query/trace/summary';
import { tileOf } from '@/lib/query/trace/tile';
import { TraceView } from '@/lib/query/trace/trace-view';
import type { TraceOptions } from './trace-options';

/** Buckets of `states`. */
const stateBuckets = 200;

/** A trace's document, cut to the lock that was asked for, and its headline. Throws `input.no-lock`, and as `readTrace`. */
export function readTraceDocument(
  source: ByteSource,
  options: TraceOptions,
  onProgress: (bytes: number, ofBytes: number) => void,
): { readonly document: TraceDocument; readonly headline: TraceHeadline | undefined } {
  const trace = readTrace(source, ({ bytes, ofBytes }) => onProgress(bytes, ofBytes));
  const locks = analyseLocks(trace, { wrappers: options.wrappers.length > 0 ? options.wrappers : undefined });
  const view = new TraceView(readAnalysis(Buffer.concat(encodeAnalysis(trace, locks))));
  const summary = summaryOf(view);
  const whole = tileOf(view, { fromNs: 0, toNs: trace.durationNs, pixels: stateBuckets });
  const document = traceDocument(summary, whole);
  const path = options.request === undefined ? {} : { criticalPath: pathOf(trace, options) };
  return {
    document: { ...onlyLock(document, options.lock), ...path },
    headline: options.lock === undefined ? summary.headline : undefined,
  };
}

function onlyLock(document: TraceDocument, name: string | undefined): TraceDocument {
  if (name === undefined) return document;
  const locks = document.locks.filter((lock) => lock.id === name || lock.name.includes(name));
  if (locks.length === 0) throw new LockscopeError('input.no-lock', `the trace has no lock "${name}"`);
  const ids = new Set(locks.map((lock) => lock.id));
  return { ...document, locks, convoys: document.convoys.filter((convoy) => ids.has(convoy.lockId)) };
}

function pathOf(
  trace: Trace,
  { request, fromSeconds, toSeconds, wrappers }: TraceOptions,
): TraceDocument['criticalPath'] {
  if (request === undefined) return undefined;
  const range = {
    fromNs: (fromSeconds ?? 0) * 1e9,
    toNs: toSeconds === undefined ? trace.durationNs : toSeconds * 1e9,
  };
  const classes = new StackClasses(trace.symbols, wrappers.length > 0 ? wrappers : undefined);
  const { steps } = criticalPath(trace, findRequest(trace, request, range), {
    activity: new Activity(trace, classes),
    classes,
  });
  const { goroutines, symbols } = trace;
  return steps.map((step) => ({
    goroutine: goroutines.id[step.goroutine] ?? -1,
    name: symbols.strings[goroutines.name[step.goroutine] ?? 0] ?? '',
    state: step.state,
    function: step.function,
    fromSeconds: step.fromNs / 1e9,
    toSeconds: step.toNs / 1e9,
    depth: step.depth,
  }));
}
