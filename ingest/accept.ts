import type { Catalog } from '@/lib/catalog/port';
import { labelValue } from '@/lib/selection/selection';
import type { SampleStore } from '@/lib/store/port';
import type { UnixMs } from '@/lib/units';
import { commitOf } from './commit-of';
import type { Counters } from './counters';
import type { Decoder } from './decoder';
import { isUndefinedStack, type ReadHints, type ReadProfile } from './profile-reader';
import { storeProfile, type WriteOutcome } from './store-profile';
import type { RawProfile } from './wire/raw-profile';

export interface AcceptDeps {
  readonly decoder: Decoder;
  readonly store: Pick<SampleStore, 'write'>;
  readonly catalog: Pick<Catalog, 'noteSeen'>;
  readonly counters: Counters;
  readonly now: () => UnixMs;
  /** Tells pages that follow live; `newest` is the end of the window. */
  readonly notify: (service: string, newest: UnixMs) => void;
}

export interface Accepted {
  readonly profile: ReadProfile;
  readonly outcome: WriteOutcome;
}

/** One profile from bytes to disk; resolves when it is durable. */
export type AcceptProfile = (raw: RawProfile, hints?: ReadHints) => Promise<Accepted>;

export function createAcceptor(deps: AcceptDeps): AcceptProfile {
  const { decoder, catalog, counters, now, notify } = deps;

  async function store(raw: RawProfile, hints: ReadHints): Promise<Accepted> {
    const profile = await decoder.read({ ...raw, ...hints, now: now() });
    try {
      return { profile, outcome: await storeProfile(deps.store, profile) };
    } catch (error) {
      // Definitions that were to be stored with this profile, or an earlier one, may be missing now.
      decoder.forgetDefinitions();
      throw error;
    }
  }

  return async (raw, hints = {}) => {
    let accepted: Accepted;
    try {
      accepted = await store(raw, hints);
    } catch (error) {
      if (!isUndefinedStack(error)) throw error;
      accepted = await store(raw, hints);
    }
    const { profile, outcome } = accepted;
    counters.stored(profile, outcome);
    const service = labelValue(profile.labels, 'service_name');
    catalog.noteSeen({
      service,
      build: labelValue(profile.labels, 'build') || undefined,
      commit: commitOf(profile.labels),
      goVersion: labelValue(profile.labels, 'go') || undefined,
      at: profile.newest,
    });
    notify(service, profile.newest);
    return accepted;
  };
}
