import { LockscopeError } from '@/lib/errors';
import { defaultLimits, type Folded, foldFlame } from '@/lib/flamegraph/fold';
import { foldSandwich, type Sandwich } from '@/lib/flamegraph/sandwich';
import type { Transform } from '@/lib/flamegraph/transform';
import type { TreeLimits } from '@/lib/flamegraph/tree';
import { type OverLimit, overLimitOf } from '@/lib/profile/over-limit';
import type { Profile } from '@/lib/profile/profile';
import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';
import type { SiteId } from '@/lib/profile/site';
import type { Cover, SampleStore, Totals } from '@/lib/store/port';
import { type Scope, selectionOf } from './scope';

/** The types of profile a service has in the view, by id. */
export async function queryTypes(store: SampleStore, service: string, scope: Scope): Promise<ProfileType[]> {
  const { rows } = await store.listSeries(selectionOf(service, scope, {}), { limit: 20_000 });
  const types = new Map(rows.map((row) => [profileTypeId(row.type), row.type]));
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, type]) => type);
}

export interface MergedProfile {
  readonly profile: Profile;
  /** Column of the profile that holds the type's value (delay, cpu, alloc_space, …). */
  readonly valueIndex: number;
  readonly type: ProfileType;
  /** Stacks beyond `maxStacks`, added up. */
  readonly other: Totals;
  readonly cover: Cover;
}

/**
 * All stacks of one profile type in the view, added up; `typeId` is Pyroscope's id or its first two parts
 * (`block:delay`). Throws `query.no-type` when the view holds no such profile.
 */
export async function queryProfile(
  store: SampleStore,
  service: string,
  scope: Scope,
  typeId: string,
  options: { readonly sites?: readonly SiteId[]; readonly maxStacks?: number } = {},
): Promise<MergedProfile> {
  const types = await queryTypes(store, service, scope);
  const type = types.find((known) => profileTypeId(known) === typeId || `${known.name}:${known.sampleType}` === typeId);
  if (type === undefined) {
    const known = types.map((one) => `${one.name}:${one.sampleType}`).join(', ');
    throw new LockscopeError(
      'query.no-type',
      `no profile of type "${typeId}" in this range; there are: ${known || 'none'}`,
      {
        place: 'query type',
      },
    );
  }
  const selection = selectionOf(service, scope, { name: type.name, sampleType: type.sampleType });
  const { profile, other, cover } = await store.merged(selection, options);
  const valueIndex = profile.sampleTypes.findIndex((column) => column.type === type.sampleType);
  return { profile, valueIndex: Math.max(0, valueIndex), type, other, cover };
}

export interface FlameOptions {
  readonly typeId: string;
  readonly sites?: readonly SiteId[];
  readonly transforms?: readonly Transform[];
  readonly invert?: boolean;
  readonly limits?: TreeLimits;
}

export interface FlameResult extends Folded {
  readonly type: ProfileType;
  readonly cover: Cover;
  /** Stacks the store did not list, added up: not in the tree. */
  readonly other: Totals;
  /** What limits folded or cut when it came: it is in the tree, without its frames. */
  readonly overLimit: OverLimit;
}

/** The folded tree of a profile type in the view. Throws what `queryProfile` and `foldFlame` throw. */
export async function queryFlame(
  store: SampleStore,
  service: string,
  scope: Scope,
  options: FlameOptions,
): Promise<FlameResult> {
  const merged = await queryProfile(
    store,
    service,
    scope,
    options.typeId,
    options.sites === undefined ? {} : { sites: options.sites },
  );
  const folded = foldFlame(merged.profile, {
    ...(options.limits ?? defaultLimits),
    valueIndex: merged.valueIndex,
    invert: options.invert ?? false,
    transforms: options.transforms ?? [],
  });
  const overLimit = overLimitOf(merged.profile, merged.valueIndex);
  return { ...folded, type: merged.type, cover: merged.cover, other: merged.other, overLimit };
}

export interface SandwichOptions {
  readonly typeId: string;
  /** The function in the middle. */
  readonly name: string;
  readonly limits: TreeLimits;
  readonly sites?: readonly SiteId[];
}

export interface SandwichResult extends Sandwich {
  /** Value of the whole profile, with and without the function. */
  readonly whole: number;
  /** Stacks the store did not list, added up. */
  readonly other: Totals;
}

/** Callers and callees of a function in a profile type of the view. Throws what `queryProfile` and `foldSandwich` throw. */
export async function querySandwich(
  store: SampleStore,
  service: string,
  scope: Scope,
  { typeId, name, limits, sites }: SandwichOptions,
): Promise<SandwichResult> {
  const merged = await queryProfile(store, service, scope, typeId, sites === undefined ? {} : { sites });
  const { profile, valueIndex, other } = merged;
  const whole = profile.samples.values[valueIndex]?.reduce((sum, value) => sum + value, 0) ?? 0;
  return { ...foldSandwich(profile, { ...limits, valueIndex, name }), whole, other };
}

/** The graphs of one service in one view, wherever they are folded. */
export interface FlameSource {
  flame(options: FlameOptions): Promise<FlameResult>;
  sandwich(options: SandwichOptions): Promise<SandwichResult>;
}

/** Graphs folded on the calling thread. */
export function flamesOf(store: SampleStore, service: string, scope: Scope): FlameSource {
  return {
    flame: (options) => queryFlame(store, service, scope, options),
    sandwich: (options) => querySandwich(store, service, scope, options),
  };
}
