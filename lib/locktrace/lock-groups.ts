import { isLockFamily } from '@/lib/contention/family';
import { hashFields, idText, lockName, waitName } from '@/lib/contention/identity';
import type { SiteDef } from '@/lib/profile/site';
import type { Scan } from './scan-waits';
import type { StackClass } from './stack-classes';

/** A lock as far as a trace tells locks apart: the sites that release edges join, or a name the program logged. */
export interface LockGroup {
  readonly id: string;
  readonly name: string;
  readonly named: boolean;
  readonly family: string;
  readonly isLock: boolean;
}

export interface LockGroups {
  readonly groups: readonly LockGroup[];
  /** Group of each attempt of the scan. */
  readonly ofAttempt: Uint32Array;
}

/**
 * Groups attempts by lock. `waitedNs` is each attempt's wait: the scope that waited most gives a joined lock its name
 * and id, which are those of profiles. Groups are in order of their first attempt.
 */
export function groupLocks(
  { attempts, scopes, joined }: Scan,
  waitedNs: Float64Array,
  strings: readonly string[],
): LockGroups {
  /** By the root of the joined scopes; by root and name where the program logged one. */
  const groupOf = new Map<number | string, number>();
  const ofAttempt = new Uint32Array(attempts.count);
  const names: (string | undefined)[] = [];
  const waitedByScope: Map<SiteDef, number>[] = [];
  const scopeRow = new Map<bigint, SiteDef>();
  const placeOf = new Map<StackClass, { readonly scope: SiteDef; readonly number: number }>();
  for (let attempt = 0; attempt < attempts.count; attempt += 1) {
    const found = attempts.classes[attempt];
    if (found === undefined) continue;
    let place = placeOf.get(found);
    if (place === undefined) {
      const scope = scopeRow.get(found.scope.id) ?? found.scope;
      scopeRow.set(found.scope.id, scope);
      place = { scope, number: scopes.get(scope.id) ?? 0 };
      placeOf.set(found, place);
    }
    const { scope, number } = place;
    const logged = attempts.nameOf(attempt);
    const name = logged === undefined ? undefined : strings[logged];
    const root = joined.find(number);
    const key = name === undefined ? root : `${root} ${name}`;
    let group = groupOf.get(key);
    if (group === undefined) {
      group = names.push(name) - 1;
      groupOf.set(key, group);
      waitedByScope.push(new Map());
    }
    ofAttempt[attempt] = group;
    const waited = waitedByScope[group];
    waited?.set(scope, (waited.get(scope) ?? 0) + (waitedNs[attempt] ?? 0));
  }
  const groups = waitedByScope.map((waited, index) => groupOfScope(mostWaited(waited), names[index]));
  return { groups, ofAttempt };
}

function mostWaited(waited: ReadonlyMap<SiteDef, number>): SiteDef | undefined {
  let most: SiteDef | undefined;
  for (const [scope, ns] of waited) if (most === undefined || ns > (waited.get(most) ?? 0)) most = scope;
  return most;
}

function groupOfScope(scope: SiteDef | undefined, name: string | undefined): LockGroup {
  const family = scope?.family ?? 'other';
  const isLock = isLockFamily(family);
  const owner = scope?.function ?? '';
  if (name !== undefined)
    return { id: idText(hashFields(['named lock', family, name])), name, named: true, family, isLock };
  const shown = isLock ? lockName(owner) : waitName(owner);
  return { id: idText(scope?.id ?? 0n), name: shown, named: false, family, isLock };
}
