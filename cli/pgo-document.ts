import type { Note } from '@/lib/pgo/pgo-notes';
import type { PgoCounts } from '@/lib/pgo/pgo-profile';
import type { PgoDocument } from '@/lib/query/api/pgo';
import type { PgoInputs } from './pgo-inputs';

/** What is told of the written file. */
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
