import { LockscopeError } from '@/lib/errors';
import type { SiteDef, StackDef } from '@/lib/profile/site';
import type { SampleStore, Window } from '@/lib/store/port';

/** The windows of one profile with the definitions the store may lack. */
export interface StoredProfile {
  readonly windows: readonly Window[];
  readonly stacks: readonly StackDef[];
  readonly sites: readonly SiteDef[];
}

export interface WriteOutcome {
  readonly stored: number;
  /** Windows that were there already: a repeated push. */
  readonly duplicates: number;
}

/**
 * Resolves when every window of the profile is durable; the store gathers what comes at one time into one commit.
 * Throws with the store's code when one window was rejected (the others are stored all the same), and what the store
 * threw when the write failed.
 */
export async function storeProfile(store: Pick<SampleStore, 'write'>, profile: StoredProfile): Promise<WriteOutcome> {
  const { windows, stacks, sites } = profile;
  const { stored, duplicates, rejected } = await store.write({ windows, stacks, sites });
  const [first] = rejected;
  if (first !== undefined) throw new LockscopeError(first.code, first.detail);
  return { stored, duplicates };
}
