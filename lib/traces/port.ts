import type { CaptureRecord } from '@/lib/catalog/captures';
import type { TraceDocument } from '@/lib/query/api/trace';
import type { TraceDocOptions } from '@/lib/query/trace/doc';
import type { TraceSearchResult, TraceSummary, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import type { TileQuery } from '@/lib/query/trace/tile';

/** How far the analysis of a capture is. */
export interface AnalysisProgress {
  /** Captures that are analysed before it; 0 = it runs. */
  readonly ahead: number;
  /** `waiting` for its turn, `reading` the file, finding `locks`, `keeping` what was found. */
  readonly phase: 'waiting' | 'reading' | 'locks' | 'keeping';
  readonly bytes: number;
  readonly ofBytes: number;
  readonly events: number;
  /** Estimated from how fast the file was read so far; null = not known yet. */
  readonly secondsLeft: number | null;
}

/**
 * Answers questions about captures that are analysed; the newest opened ones stay open in a thread. Rejects with
 * `trace.no-capture` for an unknown id, `trace.not-ready` (with the capture's status) before its analysis is there, and
 * what `docOf`, `tileOf`, `waitDetail` and `searchTrace` throw.
 */
export interface TraceReader {
  summary(id: string): Promise<TraceSummary>;
  document(id: string, options: TraceDocOptions): Promise<TraceDocument>;
  tile(id: string, query: TileQuery): Promise<TraceTile>;
  wait(id: string, wait: number): Promise<WaitDetail>;
  /** 50 rows from `offset` on. */
  search(id: string, query: string, offset: number): Promise<TraceSearchResult>;
}

/** The captures of a running server: what pages, routes and jobs ask for. */
export interface Traces extends TraceReader {
  /** Undefined when nothing of it is queued or running. */
  progress(id: string): AnalysisProgress | undefined;
  /** Ids in the order in which they are analysed, the running one first. */
  queue(): readonly string[];
  /** Analyses a capture again, or after a failure. Rejects with `trace.no-capture`. */
  analyse(id: string): Promise<CaptureRecord>;
  /** Stops its analysis, running or waiting; one that is not under way stays as it is. Rejects with `trace.no-capture`. */
  cancel(id: string): Promise<CaptureRecord>;
  /** Deletes a capture with its files, its analysis stopped first. Rejects with `trace.no-capture`. */
  remove(id: string): Promise<void>;
}
