import { z } from 'zod';
import { instant, leftOutSchema, lockSchema, maybeNumber, notesSchema } from './common';

/** `lockscope top --json`, and `GET /api/v1/services/{service}/locks`, which adds `total` and `next`. */
export const topSchema = z.object({
  schema: z.literal('lockscope/top/v1'),
  window: z.object({ start: instant.nullable(), end: instant.nullable(), seconds: maybeNumber }),
  inputs: z.array(
    z.object({ file: z.string(), type: z.string(), samples: z.number().int(), goVersion: z.string().nullable() }),
  ),
  stored: z.object({ blockWindows: z.number().int(), mutexWindows: z.number().int() }).optional(),
  locks: z.array(lockSchema),
  waits: z.array(lockSchema),
  idle: z.object({
    sites: z.number().int(),
    delaySeconds: z.number(),
    list: z.array(lockSchema).optional(),
  }),
  notes: notesSchema,
  left_out: leftOutSchema,
  total: z.number().int().optional(),
  next: z.string().nullable().optional(),
});
