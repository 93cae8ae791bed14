import { z } from 'zod';

/** Instants are ISO 8601 UTC, durations seconds, shares 0..1; null = could not be known. */
export const instant = z.iso.datetime();
export const maybeNumber = z.number().nullable();
export const notesSchema = z.array(z.object({ code: z.string(), message: z.string() }));
/** Counts of what was hidden, capped or dropped, by reason. */
export const leftOutSchema = z.record(z.string(), z.unknown());

export const siteSchema = z.object({
  id: z.string(),
  kind: z.string(),
  function: z.string(),
  file: z.string(),
  line: z.number().int(),
});

export const lockSchema = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  waiting: z.object({
    avg: maybeNumber,
    max: maybeNumber,
    maxAt: instant.nullable(),
    maxPod: z.string().nullable(),
    bucketSeconds: maybeNumber,
    pods: z.number().int().nullable(),
    sumAvg: maybeNumber,
  }),
  delaySeconds: maybeNumber,
  contentions: maybeNumber,
  meanWaitSeconds: maybeNumber,
  share: maybeNumber,
  waiters: z.array(
    z.object({
      site: siteSchema,
      delaySeconds: z.number(),
      contentions: z.number(),
      meanWaitSeconds: maybeNumber,
      share: maybeNumber,
    }),
  ),
  holders: z.array(
    z.object({
      site: siteSchema,
      role: z.enum(['holder', 'releaser']),
      delaySeconds: z.number(),
      contentions: z.number(),
      share: maybeNumber,
    }),
  ),
  link: z.enum(['Exact', 'Strong', 'Inferred', 'Unlinked']),
  pattern: z.string().nullable(),
  rules: z.array(z.string()),
});

/** Exact numbers over the waits that blocked; null = no wait completed. */
export const percentilesSchema = z.object({
  p50Seconds: maybeNumber,
  p90Seconds: maybeNumber,
  p99Seconds: maybeNumber,
  maxSeconds: maybeNumber,
  n: z.number().int(),
  censored: z.number().int(),
});
