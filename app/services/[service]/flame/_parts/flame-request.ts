import { LockscopeError } from '@/lib/errors';
import { defaultLimits } from '@/lib/flamegraph/fold';
import { parseTransforms, type Transform } from '@/lib/flamegraph/transform';
import type { TreeLimits } from '@/lib/flamegraph/tree';

/** What the flame page's own parameters say, beside the view. */
export interface FlameRequest {
  readonly transforms: readonly Transform[];
  readonly invert: boolean;
  /** Function of a sandwich. */
  readonly fn: string | undefined;
  /** Only this lock. */
  readonly lock: string | undefined;
  readonly colour: 'package' | 'reason' | 'side' | undefined;
  readonly limits: TreeLimits;
}

/** "Show" of what was merged: as many nodes as a browser draws within a moment. */
const moreLimits: TreeLimits = { maxNodes: 20_000, minShare: 0 };

/** Reads the parameters; throws `flame.transform` or `flame.colour` for what cannot be read. */
export function readFlameRequest(params: URLSearchParams): FlameRequest {
  return {
    transforms: parseTransforms(params.get('t') ?? ''),
    invert: params.get('inv') === '1',
    fn: params.get('fn') ?? undefined,
    lock: params.get('lock') ?? undefined,
    colour: readColour(params.get('color')),
    limits: params.get('more') === '1' ? moreLimits : defaultLimits,
  };
}

function readColour(text: string | null): FlameRequest['colour'] {
  if (text === null) return undefined;
  if (text === 'package' || text === 'reason' || text === 'side') return text;
  throw new LockscopeError('flame.colour', `color: "${text}" is none of package, reason, side`, {
    place: 'query color',
  });
}
