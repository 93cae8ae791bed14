import type { TraceDocument } from '@/lib/query/api/trace';
import type { TraceSearchResult, TraceSummary, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import { ThreadPool } from '@/lib/threads/thread-pool';
import type { ViewCalls } from './view-calls';
import type { ViewThreadData } from './view-thread-data';

/** An answer takes milliseconds, the first one about a large trace seconds. */
const longestMs = 60_000;
/** Open analyses take hundreds of megabytes; they go with the thread when nobody looks for so long. */
const idleMs = 900_000;

/** Answers in a thread: a search through millions of intervals would hold up every page. */
export function viewThread(workerUrl: URL, data: ViewThreadData): ViewCalls {
  const pool = new ThreadPool(workerUrl, data, {
    threads: 1,
    longestMs,
    idleMs,
    codes: { closed: 'trace.closed', timeout: 'trace.timeout' },
    words: { call: 'reading of the trace', subject: 'the trace reader' },
  });
  // view-traces.worker.ts calls the method of this name, so its answer has that method's type.
  return {
    summary: (...args) => pool.call('summary', args) as Promise<TraceSummary>,
    document: (...args) => pool.call('document', args) as Promise<TraceDocument>,
    tile: (...args) => pool.call('tile', args) as Promise<TraceTile>,
    wait: (...args) => pool.call('wait', args) as Promise<WaitDetail>,
    search: (...args) => pool.call('search', args) as Promise<TraceSearchResult>,
    close: () => pool.close(),
  };
}
