import { LockscopeError } from '@/lib/errors';
import type { TraceDocument } from '@/lib/query/api/trace';
import { docOf, type TraceDocOptions } from '@/lib/query/trace/doc';
import type { TraceSearchResult, TraceSummary, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import { searchTrace } from '@/lib/query/trace/search';
import { summaryOf } from '@/lib/query/trace/summary';
import { type TileQuery, tileOf } from '@/lib/query/trace/tile';
import { waitDetail } from '@/lib/query/trace/wait-detail';
import type { KeptViews } from './kept-views';

/** Questions about one kept analysis, by the key of its blob. Reject with what `KeptViews.open` and each question throw. */
export interface ViewCalls {
  summary(blobKey: string): Promise<TraceSummary>;
  document(blobKey: string, options: TraceDocOptions): Promise<TraceDocument>;
  tile(blobKey: string, query: TileQuery): Promise<TraceTile>;
  wait(blobKey: string, wait: number): Promise<WaitDetail>;
  search(blobKey: string, query: string, offset: number): Promise<TraceSearchResult>;
  close(): Promise<void>;
}

/** Answers on the calling thread. */
export function viewCalls(views: KeptViews): ViewCalls {
  return {
    summary: async (blobKey) => summaryOf(await views.open(blobKey)),
    document: async (blobKey, options) => docOf(await views.open(blobKey), options),
    tile: async (blobKey, query) => tileOf(await views.open(blobKey), query),
    wait: async (blobKey, wait) => waitDetail(await views.open(blobKey), wait),
    search: async (blobKey, query, offset) => searchTrace(await views.open(blobKey), query, { offset }),
    close: async () => {},
  };
}

/** The call of a method by its name, as it comes to the thread. */
export function callView(calls: ViewCalls, method: string, args: readonly unknown[]): Promise<unknown> {
  // view-thread.ts makes each call from one with these types.
  const [blobKey, ...rest] = args as [string, ...unknown[]];
  switch (method) {
    case 'summary':
      return calls.summary(blobKey);
    case 'document':
      return calls.document(blobKey, ...(rest as [TraceDocOptions]));
    case 'tile':
      return calls.tile(blobKey, ...(rest as [TileQuery]));
    case 'wait':
      return calls.wait(blobKey, ...(rest as [number]));
    case 'search':
      return calls.search(blobKey, ...(rest as [string, number]));
    default:
      throw new LockscopeError('internal.worker', `traces have no method ${method}`);
  }
}
