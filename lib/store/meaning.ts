import { LockscopeError } from '@/lib/errors';
import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';
import { type Labels, labelValue } from '@/lib/selection/selection';
import type { Window } from './port';

export interface SeriesMeaning {
  readonly type: ProfileType;
  readonly labels: Labels;
  readonly kind: Window['kind'];
}

/**
 * What the numbers of these series mean, or undefined for none. Throws `store.mixed-types` when two profile types (or
 * a delta and an instant) would be added up, and `store.mixed-go` when mutex values from before Go 1.22 would meet
 * newer ones: until 1.21 a waiter's delay was counted once, since then it is scaled by the waiters behind it.
 */
export function oneMeaning(series: Iterable<SeriesMeaning>): SeriesMeaning | undefined {
  let first: SeriesMeaning | undefined;
  let go: { readonly before122: boolean; readonly version: string } | undefined;
  for (const each of series) {
    first ??= each;
    const [ours, theirs] = [profileTypeId(first.type), profileTypeId(each.type)];
    if (ours !== theirs || first.kind !== each.kind) {
      throw new LockscopeError(
        'store.mixed-types',
        ours === theirs ? `${ours} as delta and as instant cannot be added up` : `${ours} and ${theirs} differ`,
        { place: 'type' },
      );
    }
    if (each.type.name !== 'mutex') continue;
    const version = labelValue(each.labels, 'go');
    const before122 = isBeforeGo122(version);
    if (before122 === undefined) continue;
    go ??= { before122, version };
    if (go.before122 !== before122) {
      throw new LockscopeError(
        'store.mixed-go',
        `mutex values of Go ${go.version} and ${version} differ in meaning (border: 1.22) and cannot be added up`,
        { place: 'label go' },
      );
    }
  }
  return first;
}

/** undefined when the version is not told or not understood. */
function isBeforeGo122(version: string): boolean | undefined {
  const minor = /^(?:go)?1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor) < 22;
}
