import { z } from 'zod';
import type { Timeline } from '../result';
import { instant, leftOutSchema, maybeNumber, notesSchema } from './common';

const lineSchema = z.object({ name: z.string(), avg: z.array(maybeNumber), max: z.array(maybeNumber) });

/** `GET /api/v1/services/{service}/series`: goroutines waiting. `max` is the busiest native window of one pod. */
export const seriesSchema = z.object({
  schema: z.literal('lockscope/series/v1'),
  from: instant,
  stepSeconds: z.number(),
  unit: z.enum(['pod', 'sum']),
  lines: z.array(lineSchema.extend({ lockId: z.string().nullable() })),
  total: lineSchema,
  notes: notesSchema,
  left_out: leftOutSchema,
});

export function seriesDocument(
  timeline: Timeline,
  unit: 'pod' | 'sum',
  notes: z.infer<typeof notesSchema>,
): z.infer<typeof seriesSchema> {
  const line = ({ name, avg, max }: Timeline['total']) => ({ name, avg: [...avg], max: [...max] });
  return {
    schema: 'lockscope/series/v1',
    from: new Date(timeline.from).toISOString(),
    stepSeconds: timeline.stepMs / 1_000,
    unit,
    lines: timeline.lines.map((one) => ({ ...line(one), lockId: one.lockId ?? null })),
    total: line(timeline.total),
    notes,
    left_out: {},
  };
}
