import 'server-only';
import { context, requestNow } from '@/app/_server/context';
import { locksOptions } from '@/app/_server/locks-options';
import type { BusiestBuckets } from '@/components/compare/lock-changes';
import type { BuildRecord } from '@/lib/catalog/builds';
import { errorCode, LockscopeError } from '@/lib/errors';
import type { SiteId } from '@/lib/profile/site';
import { resolveBaseline } from '@/lib/query/baseline';
import { compareStored, type StoredComparison } from '@/lib/query/compare/compare-stored';
import { type DiffFlame, type DiffFlameType, queryDiffFlame } from '@/lib/query/compare/diff-flame';
import { queryLocks } from '@/lib/query/locks';
import type { LocksResult } from '@/lib/query/result';
import { defaultOptions } from '@/lib/regression/options';
import { type CompareSide, parseSide } from '@/lib/selection/side';
import type { View } from '@/lib/selection/view';
import { type StoredChoice, storedChoice } from './sides';

export type LoadedCompare =
  /** Nothing to compare with; `reason` says why. */
  | { readonly kind: 'choose'; readonly reason: string; readonly builds: readonly BuildRecord[] }
  | {
      readonly kind: 'compared';
      readonly builds: readonly BuildRecord[];
      readonly base: StoredChoice;
      readonly head: StoredChoice;
      /** The parameters that give the sides again. */
      readonly sides: { readonly base: string; readonly head: string };
      readonly compared: StoredComparison;
      readonly busiest: Readonly<Record<string, BusiestBuckets>>;
      readonly flame: DiffFlame | undefined;
      /** How the base was chosen when the URL names none. */
      readonly chosenBy: string | undefined;
    };

/** Compares what the URL names; where it names nothing, the newest build with the service's baseline. Throws what reading a side and the queries throw. */
export async function loadCompare(service: string, view: View): Promise<LoadedCompare> {
  const { catalog, store, config } = context();
  const [builds, baseline] = await Promise.all([catalog.listBuilds(service), catalog.getBaseline(service)]);
  const seen = builds.filter(({ firstSeen }) => firstSeen !== undefined);
  const named = { base: view.params.get('base'), head: view.params.get('head') };
  const headText = named.head ?? seen.at(-1)?.build;
  if (headText === undefined) return { kind: 'choose', reason: 'No build of this service sent a profile yet.', builds };
  const head = parseSide(headText, requestNow(), 'head');
  let baseText = named.base;
  let chosenBy: string | undefined;
  if (baseText === null) {
    const resolved = resolveBaseline(baseline.baseline, {
      builds,
      head: head.kind === 'build' ? head.build : undefined,
      range: view.range,
    });
    if (!resolved.ok)
      return { kind: 'choose', reason: `There is nothing to compare with: ${resolved.reason}.`, builds };
    const { base } = resolved;
    baseText =
      base.kind === 'build'
        ? base.build
        : `window:${new Date(base.from).toISOString()}..${new Date(base.to).toISOString()}`;
    chosenBy = baselineWords[baseline.baseline.kind];
  }
  const base = parseSide(baseText, requestNow(), 'base');
  const choices = { base: choiceOf(base, view, builds), head: choiceOf(head, view, builds) };
  const scopes = { base: choices.base.scope, head: choices.head.scope };
  const options = locksOptions(config, service, false);
  const [baseLocks, headLocks] = await Promise.all([
    queryLocks(store, service, scopes.base, options),
    queryLocks(store, service, scopes.head, options),
  ]);
  const sides = {
    base: { scope: scopes.base, coverage: baseLocks.coverage },
    head: { scope: scopes.head, coverage: headLocks.coverage },
  };
  const compared = await compareStored(store, service, sides, defaultOptions);
  const busiest: Record<string, { base: number | null; head: number | null }> = {};
  for (const [side, { document }] of [['base', baseLocks] as const, ['head', headLocks] as const]) {
    for (const { id, waiting } of [...document.locks, ...document.waits]) {
      const known = busiest[id] ?? { base: null, head: null };
      known[side] = waiting.max;
      busiest[id] = known;
    }
  }
  const type = flameTypeOf(view.params.get('flame'));
  const sites = [baseLocks, headLocks].flatMap((locks) => sitesOf(locks, type, view.idle));
  const flame =
    compared.comparison === undefined ? undefined : await flameOrNone(service, scopes, type, [...new Set(sites)]);
  return {
    kind: 'compared',
    builds,
    ...choices,
    sides: { base: baseText, head: headText },
    compared,
    busiest,
    flame,
    chosenBy,
  };
}

const baselineWords = {
  previous: 'the build before it',
  pinned: 'the pinned build',
  branch: 'the newest build of the chosen branch',
  yesterday: 'the same time yesterday',
  window: 'the chosen window',
} as const;

function choiceOf(side: CompareSide, view: View, builds: readonly BuildRecord[]): StoredChoice {
  if (side.kind !== 'upload') return storedChoice(side, view, builds);
  throw new LockscopeError('selection.side', 'uploads are not compared here: lockscope diff compares files', {
    place: 'query base, head',
  });
}

export function flameTypeOf(text: string | null): DiffFlameType {
  return text === 'holders' ? 'mutex:delay' : 'block:delay';
}

/** What the graph shows: the program's own waits or releases; idle waits only when they are asked for. */
function sitesOf(locks: LocksResult, type: DiffFlameType, idle: boolean): SiteId[] {
  const entries = [...locks.locks, ...locks.waits, ...locks.runtime, ...(idle ? locks.idle : [])];
  return entries.flatMap((entry) => (type === 'block:delay' ? entry.waitSites : entry.holdSites)).map(({ id }) => id);
}

/** Without profiles of the type on both sides there is no graph; the table stands all the same. */
async function flameOrNone(
  service: string,
  scopes: { readonly base: StoredChoice['scope']; readonly head: StoredChoice['scope'] },
  type: DiffFlameType,
  sites: readonly SiteId[],
): Promise<DiffFlame | undefined> {
  try {
    return await queryDiffFlame(context().store, service, scopes, type, sites);
  } catch (error) {
    if (errorCode(error) === 'query.no-type') return undefined;
    throw error;
  }
}
