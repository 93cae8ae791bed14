import { defaultPprofLimits, type PprofLimits } from '@/lib/pprof/limits';
import type { IngestConfig } from './config';

/** What the decoder may read under these limits. Stacks over the depth limit are cut later, so deeper ones are read. */
export function decodeLimits(limits: IngestConfig['limits']): PprofLimits {
  return { ...defaultPprofLimits, maxBytes: limits.inflatedBytes, maxDepth: limits.depth * 16 };
}
