import { z } from 'zod';
import { instant, leftOutSchema, notesSchema } from './common';

/** `lockscope pgo --json`: what the written file holds. */
export const pgoSchema = z.object({
  schema: z.literal('lockscope/pgo/v1'),
  output: z.string(),
  bytes: z.number().int(),
  source: z.string(),
  window: z.object({ start: instant, end: instant }).nullable(),
  profiles: z.number().int(),
  samples: z.number().int().nullable(),
  cpuSeconds: z.number().nullable(),
  edges: z.number().int(),
  hotEdges: z.number().int(),
  notes: notesSchema,
  left_out: leftOutSchema,
});

export type PgoDocument = z.infer<typeof pgoSchema>;
