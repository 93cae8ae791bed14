import { LockscopeError } from '@/lib/errors';
import { readTrace } from '@/lib/gotrace/read-trace';
import type { ByteSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import type { TraceDocument } from '@/lib/query/api/trace';
import { docOf } from '@/lib/query/trace/doc';
import { encodeAnalysis } from '@/lib/query/trace/encode-analysis';
import type { TraceHeadline } from '@/lib/query/trace/result';
import { summaryOf } from '@/lib/query/trace/summary';
import { openAnalysis } from '@/lib/query/trace/trace-view';
import type { TraceOptions } from './trace-options';

/** Parts of the window that `states` tells of. */
const buckets = 200;

/**
 * A trace's document, and its headline when all of it was asked for. Throws as `readTrace` and `docOf` do, and the first
 * loss of a trace of which nothing else is left.
 */
export function readTraceDocument(
  source: ByteSource,
  { lock, top, json, fromSeconds, toSeconds, request, wrappers }: TraceOptions,
  onProgress: (bytes: number) => void,
): { readonly document: TraceDocument; readonly headline: TraceHeadline | undefined } {
  const trace = readTrace(source, ({ bytes }) => onProgress(bytes));
  if (trace.durationNs === 0) throw nothingIn(trace);
  const locks = analyseLocks(trace, wrappers.length > 0 ? { wrappers } : {});
  const view = openAnalysis(Buffer.concat(encodeAnalysis(trace, locks)));
  const window = { fromNs: inNanoseconds(fromSeconds), toNs: inNanoseconds(toSeconds) };
  const whole = lock === undefined && fromSeconds === undefined && toSeconds === undefined;
  return {
    document: docOf(view, { lock, top: json ? top : undefined, request, buckets, ...window }),
    headline: whole ? summaryOf(view).headline : undefined,
  };
}

/** Of a file cut early only its clock may be left: then what cut it is the answer. */
function nothingIn({ lost: [first] }: Trace): LockscopeError {
  const { code, message } = first ?? { code: 'gotrace.empty', message: 'a trace in which no time passes' };
  return new LockscopeError(code, message);
}

function inNanoseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1e9;
}
