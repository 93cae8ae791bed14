import { z } from 'zod';
import type { Note } from '@/lib/pgo/pgo-notes';
import type { PgoCounts } from '@/lib/pgo/pgo-profile';
import { instant, leftOutSchema, notesSchema } from '@/lib/query/api/common';
import type { PgoInputs } from './pgo-inputs';

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

export function pgoDocument({
  output,
  bytes,
  counts,
  notes,
  inputs: { source, window, leftOut },
}: {
  readonly output: string;
  readonly bytes: number;
  readonly counts: PgoCounts;
  readonly notes: readonly Note[];
  readonly inputs: PgoInputs;
}): PgoDocument {
  const at = (ms: number): string => new Date(ms).toISOString();
  return {
    schema: 'lockscope/pgo/v1',
    output,
    bytes,
    source,
    window: window === undefined ? null : { start: at(window.startMs), end: at(window.endMs) },
    profiles: counts.profiles,
    samples: counts.samples,
    cpuSeconds: counts.cpuSeconds,
    edges: counts.edges,
    hotEdges: counts.hotEdges,
    notes: [...notes],
    left_out: {
      ...(leftOut.length > 0 ? { inputs: [...leftOut] } : {}),
      ...(counts.unnamedSamples > 0
        ? { unnamedSamples: { samples: counts.unnamedSamples, reason: 'calls from or to a frame without a name' } }
        : {}),
    },
  };
}
