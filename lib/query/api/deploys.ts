import { z } from 'zod';
import type { DeployRecord } from '@/lib/catalog/builds';
import { instant, leftOutSchema, notesSchema } from './common';

const text = z.string().trim().min(1);

/** Body of `POST /api/v1/deploys`. `at` is now when it is not said; `time` is when the build, or its commit, was made. */
export const deployRequestSchema = z.strictObject({
  service: text.max(200),
  build: text.max(200),
  at: z.iso.datetime({ offset: true }).optional(),
  note: text.max(500).optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'is no hash of a commit')
    .optional(),
  branch: text.max(200).optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  goVersion: z
    .string()
    .regex(/^go1\.\S{1,40}$/, 'is no version of Go (go1.26.8)')
    .optional(),
});

/** `POST /api/v1/deploys`: the marker as it is kept. */
export const deploySchema = z.object({
  schema: z.literal('lockscope/deploy/v1'),
  service: z.string(),
  build: z.string(),
  at: instant,
  source: z.enum(['profile', 'api']),
  note: z.string().nullable(),
  notes: notesSchema,
  left_out: leftOutSchema,
});

export function deployDocument(
  { service, build, at, source, note }: DeployRecord,
  notes: z.infer<typeof notesSchema>,
): z.infer<typeof deploySchema> {
  return {
    schema: 'lockscope/deploy/v1',
    service,
    build,
    at: new Date(at).toISOString(),
    source,
    note: note ?? null,
    notes,
    left_out: {},
  };
}
