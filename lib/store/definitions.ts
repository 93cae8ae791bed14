import type { SiteDef, SiteId, StackDef, StackId } from '@/lib/profile/site';
import type { WriteBatch } from './port';
import type { WindowFault } from './window';

/** What a store already knows, as far as a batch asks. */
export interface Known {
  /** `chk` of a known stack. */
  chkOf(id: StackId): bigint | undefined;
  hasSite(id: SiteId): boolean;
}

export interface CheckedDefinitions {
  /** New stacks and sites, each once, ready to be stored; lock-level rows come before the sites that name them. */
  readonly stacks: readonly StackDef[];
  readonly sites: readonly SiteDef[];
  /** Why windows with this stack are refused. */
  readonly faults: ReadonlyMap<StackId, WindowFault>;
  readonly collisions: number;
}

/**
 * Sorts the definitions of a batch into new, repeated and bad ones. A stack is bad when its id is known with another
 * `chk` (two stacks, one 64-bit id: `store.window.collision`) or when its site or that site's lock is defined nowhere
 * (`store.window.undefined-site`).
 */
export function checkDefinitions(batch: WriteBatch, known: Known): CheckedDefinitions {
  const sites = new Map<SiteId, SiteDef>();
  for (const site of batch.sites) if (!known.hasSite(site.id)) sites.set(site.id, site);
  const hasSite = (id: SiteId) => known.hasSite(id) || sites.has(id);
  for (const [id, site] of sites) if (!hasSite(site.lock)) sites.delete(id);

  const stacks = new Map<StackId, StackDef>();
  const faults = new Map<StackId, WindowFault>();
  let collisions = 0;
  for (const stack of batch.stacks) {
    const chk = known.chkOf(stack.id) ?? stacks.get(stack.id)?.chk;
    if (chk === undefined) {
      if (hasSite(stack.site)) stacks.set(stack.id, stack);
      else
        faults.set(stack.id, {
          code: 'store.window.undefined-site',
          detail: `stack ${stack.id}: no site ${stack.site}`,
        });
    } else if (chk !== stack.chk) {
      collisions += 1;
      faults.set(stack.id, { code: 'store.window.collision', detail: `stack ${stack.id} is known with other frames` });
    }
  }
  return {
    stacks: [...stacks.values()],
    sites: [...sites.values()].sort((a, b) => Number(a.level === 'site') - Number(b.level === 'site')),
    faults,
    collisions,
  };
}

/** The first stack of a window that cannot be stored, as a fault; undefined when all can. */
export function faultOfStacks(
  stacks: BigUint64Array,
  isDefined: (id: StackId) => boolean,
  faults: ReadonlyMap<StackId, WindowFault>,
): WindowFault | undefined {
  for (const id of stacks) {
    const fault = faults.size === 0 ? undefined : faults.get(id);
    if (fault !== undefined) return fault;
    if (!isDefined(id)) return { code: 'store.window.undefined-stack', detail: `stack ${id} is defined nowhere` };
  }
  return undefined;
}
