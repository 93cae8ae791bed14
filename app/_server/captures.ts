import 'server-only';
import type { CaptureFilter, CaptureLock, CaptureRecord } from '@/lib/catalog/captures';
import type { AnalysisProgress } from '@/lib/traces/port';
import { context } from './context';

/** A capture as lists show it. */
export interface ListedCapture {
  readonly capture: CaptureRecord;
  /** The lock asked for, else the lock waited for most; undefined when nothing waited for a lock. */
  readonly worst: CaptureLock | undefined;
  /** Undefined when its analysis is neither queued nor running. */
  readonly progress: AnalysisProgress | undefined;
}

/** Captures, newest first, with what each shows; `total` counts all that match. */
export async function listedCaptures(
  page: CaptureFilter & { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly ListedCapture[]; readonly total: number }> {
  const { catalog, traces } = context();
  const { rows, total } = await catalog.listCaptures(page);
  return {
    total,
    rows: rows.map((capture) => ({
      capture,
      worst: capture.lock ?? capture.worst,
      progress: traces.progress(capture.id),
    })),
  };
}

/** Captures that show one lock, newest first, with their exact numbers of it. `total` counts all. */
export interface LockCaptures {
  readonly rows: readonly { readonly capture: CaptureRecord; readonly numbers: CaptureLock }[];
  readonly total: number;
}

const lockCapturesShown = 5;

/** Of a service, and of files that name none: who drops a trace by hand seldom says whose it is. */
export async function lockCaptures(service: string, lock: string): Promise<LockCaptures> {
  const page = { service, orUnnamed: true, lock, limit: lockCapturesShown, offset: 0 };
  const { rows, total } = await context().catalog.listCaptures(page);
  return {
    rows: rows.flatMap((capture) => (capture.lock === undefined ? [] : [{ capture, numbers: capture.lock }])),
    total,
  };
}

/** How many captures a service has. */
export async function captureCount(service: string): Promise<number> {
  return (await context().catalog.listCaptures({ service, limit: 1, offset: 0 })).total;
}
