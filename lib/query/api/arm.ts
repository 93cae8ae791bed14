import { z } from 'zod';
import type { ArmRecord } from '@/lib/catalog/arms';
import { captureSchema } from './captures';
import { instant, maybeNumber, notesSchema } from './common';

/** What `POST …/arm` takes: `threshold` is goroutines waiting for a lock, `forSeconds` how long, `most` after how many traces it is over. */
export const armRequestSchema = z.strictObject({
  trigger: z.enum(['recorder', 'goroutines', 'periodic']),
  threshold: z.number().min(1).max(1e7).optional(),
  lock: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'is no id of a lock')
    .optional(),
  seconds: z.number().int().min(1).max(30).default(5),
  most: z.number().int().min(1).max(20).default(1),
  forSeconds: z.number().int().min(10).max(86_400).optional(),
});

/** `GET`, `POST` and `DELETE /api/v1/targets/{id}/arm`; `arm` is null when the target is not armed. */
export const armSchema = z.object({
  schema: z.literal('lockscope/arm/v1'),
  arm: z
    .object({
      trigger: z.enum(['recorder', 'goroutines', 'periodic']),
      threshold: maybeNumber,
      lock: z.string().nullable(),
      seconds: z.number().int(),
      most: z.number().int(),
      fired: z.number().int(),
      armedAt: instant,
      expiresAt: instant,
      doing: z.string(),
      lastError: z.string().nullable(),
    })
    .nullable(),
  notes: notesSchema,
});

/** `POST /api/v1/targets/{id}/trace`. */
export const targetTraceSchema = z.object({
  schema: z.literal('lockscope/target-trace/v1'),
  capture: captureSchema,
  notes: notesSchema,
});

type ArmState = ArmRecord & { readonly doing: string; readonly lastError: string | undefined };

export function armDocument(
  state: ArmState | undefined,
  notes: z.infer<typeof notesSchema>,
): z.infer<typeof armSchema> {
  if (state === undefined) return { schema: 'lockscope/arm/v1', arm: null, notes };
  const { trigger, threshold, lockId, seconds, most, fired, armedAt, expiresAt, doing, lastError } = state;
  return {
    schema: 'lockscope/arm/v1',
    arm: {
      ...{ trigger, threshold: threshold ?? null, lock: lockId ?? null, seconds, most, fired, doing },
      armedAt: new Date(armedAt).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
      lastError: lastError ?? null,
    },
    notes,
  };
}
