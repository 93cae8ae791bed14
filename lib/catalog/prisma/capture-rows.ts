import { z } from 'zod';
import type { CaptureLock, CaptureRecord, NewCapture } from '@/lib/catalog/captures';
import type { Capture, CaptureLock as LockRow } from '@/lib/catalog/generated/sqlite/client';
import { unixMs } from '@/lib/units';

const labelsSchema = z.record(z.string(), z.string());
const maybe = z.number().nullable();
const waitersSchema = z.array(
  z.object({
    kind: z.string(),
    function: z.string(),
    file: z.string(),
    line: z.number(),
    waits: z.number(),
    totalNs: z.number(),
    p50Ns: maybe,
    p90Ns: maybe,
    p99Ns: maybe,
    maxNs: maybe,
    n: z.number(),
    censored: z.number(),
    longestCensoredNs: maybe,
  }),
);

export function toCaptureRow(capture: NewCapture) {
  return {
    ...capture,
    id: capture.digest.slice(0, 16),
    service: capture.service ?? null,
    pod: capture.pod ?? null,
    build: capture.build ?? null,
    labels: { ...capture.labels },
    receivedAt: new Date(capture.receivedAt),
    capturedAt: capture.capturedAt === undefined ? null : new Date(capture.capturedAt),
    status: 'waiting' as const,
  };
}

export function toLockRow(captureId: string, lock: CaptureLock, rank: number) {
  return { ...lock, captureId, rank, waiters: lock.waiters.map((waiter) => ({ ...waiter })) };
}

export function toLock({ captureId: _, rank: __, waiters, ...lock }: LockRow): CaptureLock {
  return { ...lock, waiters: waitersSchema.parse(waiters) };
}

export function toCapture(
  row: Capture,
  shown: { readonly lock?: LockRow; readonly worst?: LockRow } = {},
): CaptureRecord {
  const { analysisKey, goVersion, durationMs, events, goroutines, errorCode, errorMessage, ...rest } = row;
  const done = row.status === 'done' && analysisKey !== null && goVersion !== null && durationMs !== null;
  return {
    ...rest,
    service: row.service ?? undefined,
    pod: row.pod ?? undefined,
    build: row.build ?? undefined,
    labels: labelsSchema.parse(row.labels),
    receivedAt: unixMs(row.receivedAt.getTime()),
    capturedAt: row.capturedAt === null ? undefined : unixMs(row.capturedAt.getTime()),
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
    analysisVersion: row.analysisVersion ?? undefined,
    analysis:
      done && events !== null && goroutines !== null
        ? { blobKey: analysisKey, goVersion, durationMs, events, goroutines }
        : undefined,
    lock: shown.lock === undefined ? undefined : toLock(shown.lock),
    worst: shown.worst === undefined ? undefined : toLock(shown.worst),
  };
}
