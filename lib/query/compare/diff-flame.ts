import { defaultLimits } from '@/lib/flamegraph/fold';
import { type FoldedDiff, foldDiff } from '@/lib/flamegraph/fold-diff';
import type { SiteId } from '@/lib/profile/site';
import type { SampleStore } from '@/lib/store/port';
import { queryProfile } from '../flame';
import type { Scope } from '../scope';

export type DiffFlameType = 'block:delay' | 'mutex:delay';

/** One tree of two selections, in goroutines waiting (delay per second of wall time, of the average pod). */
export interface DiffFlame extends FoldedDiff {
  readonly type: DiffFlameType;
  /** Delay of stacks that the store did not list, in the same unit. */
  readonly unlisted: { readonly base: number; readonly head: number };
}

/** Folds the stacks of some sites in two selections of stored windows into one tree. Throws what `queryProfile` throws, `query.no-type` above all. */
export async function queryDiffFlame(
  store: SampleStore,
  service: string,
  scopes: { readonly base: Scope; readonly head: Scope },
  type: DiffFlameType,
  sites: readonly SiteId[],
): Promise<DiffFlame> {
  const [base, head] = await Promise.all([
    queryProfile(store, service, scopes.base, type, { sites }),
    queryProfile(store, service, scopes.head, type, { sites }),
  ]);
  const scaleOf = (wallMs: number) => (wallMs > 0 ? 1 / (wallMs * 1e6) : 0);
  const [baseScale, headScale] = [scaleOf(base.cover.wallMs), scaleOf(head.cover.wallMs)];
  const folded = foldDiff(
    { profile: base.profile, valueIndex: base.valueIndex, scale: baseScale },
    { profile: head.profile, valueIndex: head.valueIndex, scale: headScale },
    defaultLimits,
  );
  return {
    ...folded,
    type,
    unlisted: { base: base.other.value * baseScale, head: head.other.value * headScale },
  };
}
