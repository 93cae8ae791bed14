import { z } from 'zod';
import type { LockDetail } from '../result';
import { instant, leftOutSchema, lockSchema, maybeNumber, notesSchema } from './common';

/** `GET /api/v1/services/{service}/locks/{lock}`. */
export const lockDocumentSchema = z.object({
  schema: z.literal('lockscope/lock/v1'),
  lock: lockSchema,
  conservation: z
    .object({
      waitedSeconds: z.number(),
      chargedSeconds: z.number(),
      waits: z.number(),
      releases: z.number(),
      delayRatio: maybeNumber,
      countRatio: maybeNumber,
      verdict: z.enum(['agree', 'differ', 'not comparable']),
      why: z.string(),
    })
    .nullable(),
  holdSeconds: z.object({ low: z.number(), high: z.number(), formula: z.string() }).nullable(),
  timeline: z.object({
    from: instant,
    stepSeconds: z.number(),
    avg: z.array(maybeNumber),
    max: z.array(maybeNumber),
  }),
  pods: z.array(z.object({ pod: z.string(), build: z.string(), max: z.array(maybeNumber) })),
  builds: z.array(
    z.object({ build: z.string(), avg: z.number(), max: z.number(), first: instant, pods: z.number().int() }),
  ),
  stalls: z.object({
    count: z.number().int(),
    starts: z.array(instant),
    everySeconds: maybeNumber,
    pods: z.number().int(),
    inPhase: z.boolean(),
  }),
  notes: notesSchema,
  left_out: leftOutSchema,
});

/** The document of one lock; `pods[].max` and the timeline have the same buckets. */
export function lockDocument(detail: LockDetail): z.infer<typeof lockDocumentSchema> {
  const { entry, timeline, stalls } = detail;
  return {
    schema: 'lockscope/lock/v1',
    lock: structuredClone(entry.lock) as z.infer<typeof lockSchema>, // a deep copy has no readonly arrays
    conservation: entry.conservation ?? null,
    holdSeconds: entry.holdSeconds ?? null,
    timeline: {
      from: iso(timeline.from),
      stepSeconds: timeline.stepMs / 1_000,
      avg: [...timeline.avg],
      max: [...timeline.max],
    },
    pods: detail.heat.rows.map((row) => ({ ...row, max: [...row.max] })),
    builds: detail.builds.map((build) => ({ ...build, first: iso(build.first) })),
    stalls: { ...stalls, starts: stalls.starts.map(iso), everySeconds: stalls.everySeconds ?? null },
    notes: [...detail.notes],
    left_out: { ...detail.leftOut },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
