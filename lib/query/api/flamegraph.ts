import { z } from 'zod';
import { overDepthLimit, overSampleLimit } from '@/lib/profile/over-limit';
import { profileTypeId } from '@/lib/profile/profile-type';
import type { FlameResult } from '../flame';
import type { FlameNode } from '../result';
import { leftOutSchema, notesSchema } from './common';

/** A frame of the tree; `merged` > 0 on a node that stands for that many small siblings. */
const nodeSchema: z.ZodType<FlameNode> = z.object({
  name: z.string(),
  file: z.string(),
  line: z.number().int(),
  id: z.string(),
  self: z.number(),
  total: z.number(),
  merged: z.number().int(),
  get children() {
    return z.array(nodeSchema);
  },
});

/** `GET /api/v1/services/{service}/flamegraph`. Values in `unit`, over all windows of the selection. */
export const flamegraphSchema = z.object({
  schema: z.literal('lockscope/flamegraph/v1'),
  type: z.string(),
  unit: z.string(),
  windows: z.number().int(),
  wallSeconds: z.number(),
  root: nodeSchema,
  notes: notesSchema,
  left_out: leftOutSchema,
});

export function flamegraphDocument(flame: FlameResult): z.infer<typeof flamegraphSchema> {
  return {
    schema: 'lockscope/flamegraph/v1',
    type: profileTypeId(flame.type),
    unit: flame.type.sampleUnit,
    windows: flame.cover.windows,
    wallSeconds: flame.cover.wallMs / 1_000,
    root: flame.root,
    notes: [...flame.cover.notes],
    left_out: {
      merged: flame.trimmed,
      unlisted: flame.other,
      transformed: flame.leftOut,
      ...overLimitEntries(flame.overLimit),
    },
  };
}

/** In the unit of the document, before its steps; the tree has this value at frames of these names. */
function overLimitEntries({
  samples,
  depth,
}: FlameResult['overLimit']): Record<string, { value: number; frame: string }> {
  return {
    ...(samples > 0 && { over_sample_limit: { value: samples, frame: overSampleLimit } }),
    ...(depth > 0 && { over_depth_limit: { value: depth, frame: overDepthLimit } }),
  };
}
