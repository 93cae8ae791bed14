import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Labels } from '@/lib/selection/selection';
import type { WriteBatch } from '@/lib/store/port';
import { planColumns } from '../columns';
import { type LeftOut, normaliseProfile } from '../normalise';
import { createStackCache } from '../stack-cache';
import type { WindowTime } from '../window-time';

export interface UploadedBatch extends WriteBatch {
  readonly leftOut: LeftOut;
}

/**
 * The windows of one uploaded file, to be opened in a store of its own and not in the service's history. A file
 * without a length is given one by the caller, who then shows no rates. Nothing is capped: the file was.
 */
export function windowsOfUpload(
  wire: WireProfile,
  about: {
    readonly kind: string;
    readonly labels: Labels;
    readonly time: WindowTime;
    readonly wrappers: readonly string[];
  },
): UploadedBatch {
  const unlimited = Number.MAX_SAFE_INTEGER;
  const cache = createStackCache({ wrappers: about.wrappers, depth: unlimited });
  return normaliseProfile(
    wire,
    {
      kind: about.kind,
      labels: about.labels,
      time: about.time,
      plans: planColumns(about.kind, wire),
      maxStacks: unlimited,
    },
    cache,
  );
}
