import { isLockFamily } from '@/lib/contention/family';
import { hashFields, idText, lockName, waitName } from '@/lib/contention/identity';
import type { SiteDef } from '@/lib/profile/site';
import type { ClassNumbers } from './class-numbers';
import type { Scan } from './scan-waits';
import { lengthNs } from './wait-length';

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

/** Attempts of one class, or of one class and name. */
interface Part {
  readonly group: number;
  readonly scope: number;
  waitedNs: number;
}

/**
 * Groups attempts by lock. The scope that waited most gives a joined lock its name and id, which are those of profiles.
 * Groups are in order of their first attempt. O(attempts).
 */
export function groupLocks({ attempts, classes }: Scan, strings: readonly string[], durationNs: number): LockGroups {
  const { count, classOf, beginNs, grantedNs, acquiredNs, blockedNs, wakeupNs, names } = attempts;
  const ofAttempt = new Uint32Array(count);
  const parts = new Parts(classes, strings);
  for (let attempt = 0; attempt < count; attempt += 1) {
    const part = parts.of(classOf[attempt] ?? 0, names.size === 0 ? undefined : names.get(attempt));
    ofAttempt[attempt] = part.group;
    part.waitedNs += lengthNs(
      beginNs[attempt] ?? 0,
      grantedNs[attempt] ?? Number.NaN,
      acquiredNs[attempt] ?? Number.NaN,
      (blockedNs[attempt] ?? 0) + (wakeupNs[attempt] ?? 0),
      durationNs,
    );
  }
  return { groups: parts.groups(), ofAttempt };
}

class Parts {
  readonly #classes: ClassNumbers;
  readonly #strings: readonly string[];
  readonly #byClass: (Part | undefined)[] = [];
  readonly #byName = new Map<string, Part>();
  /** In order of their first attempt. */
  readonly #all: Part[] = [];
  readonly #scopes = new Map<number, SiteDef>();
  /** By the root of the joined scopes; by root and name where the program logged one. */
  readonly #groupOf = new Map<number | string, number>();
  readonly #names: (string | undefined)[] = [];

  constructor(classes: ClassNumbers, strings: readonly string[]) {
    this.#classes = classes;
    this.#strings = strings;
  }

  of(classOf: number, logged: number | undefined): Part {
    if (logged === undefined) {
      const known = this.#byClass[classOf];
      if (known !== undefined) return known;
      const part = this.#add(classOf, undefined);
      this.#byClass[classOf] = part;
      return part;
    }
    const key = `${classOf} ${logged}`;
    const part = this.#byName.get(key) ?? this.#add(classOf, this.#strings[logged]);
    this.#byName.set(key, part);
    return part;
  }

  groups(): LockGroup[] {
    const waited = this.#names.map(() => new Map<number, number>());
    for (const { group, scope, waitedNs } of this.#all)
      waited[group]?.set(scope, (waited[group]?.get(scope) ?? 0) + waitedNs);
    return waited.map((byScope, group) => groupOfScope(this.#scopes.get(mostWaited(byScope)), this.#names[group]));
  }

  #add(classOf: number, name: string | undefined): Part {
    const scope = this.#classes.scopes[classOf] ?? 0;
    const found = this.#classes.all[classOf];
    if (found !== undefined && !this.#scopes.has(scope)) this.#scopes.set(scope, found.scope);
    const root = this.#classes.joined.find(scope);
    const key = name === undefined ? root : `${root} ${name}`;
    const group = this.#groupOf.get(key) ?? this.#names.push(name) - 1;
    this.#groupOf.set(key, group);
    const part = { group, scope, waitedNs: 0 };
    this.#all.push(part);
    return part;
  }
}

/** -1 when there is none. */
function mostWaited(byScope: ReadonlyMap<number, number>): number {
  let most = -1;
  for (const [scope, ns] of byScope) if (most === -1 || ns > (byScope.get(most) ?? 0)) most = scope;
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
