import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';

/**
 * The `sample_type_config` part that Pyroscope's clients send beside a profile: what each sample type means.
 * Its display names are the only thing there that tells a mutex profile from a block profile.
 */
export const sampleTypeConfigSchema = z.record(
  z.string(),
  z.object({
    units: z.string().optional(),
    aggregation: z.string().optional(),
    'display-name': z.string().optional(),
    sampled: z.boolean().optional(),
    cumulative: z.boolean().optional(),
  }),
);

export type SampleTypeConfig = z.infer<typeof sampleTypeConfigSchema>;

/** Reads the JSON text of the part. Throws `pprof.sample-type-config` naming what does not fit. */
export function parseSampleTypeConfig(text: string): SampleTypeConfig {
  const parsed = sampleTypeConfigSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LockscopeError('pprof.sample-type-config', issue?.message ?? 'not a sample type configuration', {
    place: ['sample_type_config', ...(issue?.path ?? [])].join('.'),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LockscopeError('pprof.sample-type-config', 'the sample type configuration is no JSON', {
      place: 'sample_type_config',
      cause,
    });
  }
}
