import { z } from 'zod';
import type { CaptureLock, CaptureRecord } from '@/lib/catalog/captures';
import { instant, leftOutSchema, maybeNumber, notesSchema, percentilesSchema } from './common';

const captureLockSchema = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  waits: z.number().int(),
  totalSeconds: z.number(),
  percentiles: percentilesSchema,
});

export const captureSchema = z.object({
  id: z.string(),
  url: z.string(),
  filename: z.string(),
  service: z.string().nullable(),
  pod: z.string().nullable(),
  build: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  sizeBytes: z.number().int(),
  receivedAt: instant,
  capturedAt: instant.nullable(),
  source: z.enum(['upload', 'push', 'target', 'armed']),
  reason: z.string(),
  status: z.enum(['waiting', 'analysing', 'done', 'failed', 'cancelled']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  goVersion: z.string().nullable(),
  durationSeconds: maybeNumber,
  events: z.number().int().nullable(),
  goroutines: z.number().int().nullable(),
  /** With `lock=` in the list: what this capture says of it. */
  lock: captureLockSchema.nullable(),
});

/** `GET /api/v1/traces`: newest first. */
export const capturesSchema = z.object({
  schema: z.literal('lockscope/traces/v1'),
  traces: z.array(captureSchema),
  total: z.number().int(),
  next: z.string().nullable(),
  notes: notesSchema,
  left_out: leftOutSchema,
});

/** `GET /api/v1/traces/{id}/status`; `progress` is null when nothing of it is queued or running. */
export const captureStatusSchema = z.object({
  schema: z.literal('lockscope/trace-status/v1'),
  capture: captureSchema,
  progress: z
    .object({
      ahead: z.number().int(),
      phase: z.enum(['waiting', 'reading', 'locks', 'keeping']),
      bytes: z.number().int(),
      ofBytes: z.number().int(),
      events: z.number().int(),
      secondsLeft: maybeNumber,
    })
    .nullable(),
});

export function captureDocument(capture: CaptureRecord): z.infer<typeof captureSchema> {
  const { id, filename, labels, sizeBytes, source, reason, status, analysis, lock } = capture;
  return {
    ...{ id, url: `/traces/${id}`, filename, labels: { ...labels }, sizeBytes, source, reason, status },
    service: capture.service ?? null,
    pod: capture.pod ?? null,
    build: capture.build ?? null,
    receivedAt: iso(capture.receivedAt),
    capturedAt: capture.capturedAt === undefined ? null : iso(capture.capturedAt),
    error: capture.error ?? null,
    goVersion: analysis?.goVersion ?? null,
    durationSeconds: analysis === undefined ? null : analysis.durationMs / 1_000,
    events: analysis?.events ?? null,
    goroutines: analysis?.goroutines ?? null,
    lock: lock === undefined ? null : lockOf(lock),
  };
}

function lockOf(lock: CaptureLock): z.infer<typeof captureLockSchema> {
  const { lockId, name, family, waits, totalNs, n, censored } = lock;
  return {
    ...{ id: lockId, name, family, waits, totalSeconds: totalNs / 1e9 },
    percentiles: {
      p50Seconds: seconds(lock.p50Ns),
      p90Seconds: seconds(lock.p90Ns),
      p99Seconds: seconds(lock.p99Ns),
      maxSeconds: seconds(lock.maxNs),
      ...{ n, censored },
    },
  };
}

const seconds = (ns: number | null): number | null => (ns === null ? null : ns / 1e9);
const iso = (at: number): string => new Date(at).toISOString();
