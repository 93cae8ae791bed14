import type { Role } from '@/lib/contention/kind';
import { siteOfStack } from '@/lib/contention/site';
import { stackKeys } from '@/lib/pprof/stack-keys';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { type HashedStack, StackHasher, stackIdOf } from '@/lib/profile/identity';
import { limitFrame, overDepthLimit, overSampleLimit } from '@/lib/profile/over-limit';
import type { Frame } from '@/lib/profile/profile';
import type { SiteDef, StackDef } from '@/lib/profile/site';

/** A stack met before, with what is needed again in every window. `high` and `low` are the halves of its id. */
export interface KnownStack {
  readonly hashed: HashedStack;
  readonly high: number;
  readonly low: number;
  /** The store was sent its definition. */
  defined: boolean;
  /** Row in the profile being read, valid while `profile` is that profile's number. */
  row: number;
  profile: number;
}

export interface StackCache {
  /**
   * The stack of every sample, aligned with the samples; `cut` = samples whose outer frames were cut at the depth limit:
   * `overDepthLimit` stands for them.
   */
  stacksOf(wire: WireProfile): { readonly stacks: readonly KnownStack[]; readonly cut: number };
  /** The stack that stands for all beyond the limit of samples. */
  readonly overLimit: KnownStack;
  /** Definitions of those that were not sent yet; they count as sent from now on. */
  define(stacks: Iterable<KnownStack>, role: Role): { stacks: StackDef[]; sites: SiteDef[] };
  /** Sends every definition again: after a failed write, or because the store may have dropped old ones. */
  forgetDefinitions(): void;
}

/** Above it everything is forgotten and made again: a service has a few hundred stacks. */
const maxStacks = 100_000;

/**
 * Stacks by content, so that the hash, the site and the definition of a stack are made once and not per window.
 * `depth` frames are kept of a stack, from the leaf; a frame of ours stands for what was cut.
 */
export function createStackCache(options: {
  readonly wrappers: readonly string[];
  readonly depth: number;
}): StackCache {
  const hasher = new StackHasher(maxStacks);
  let known = new Map<HashedStack, KnownStack>();
  /** Cut stacks by id: different ones may be the same once they are cut. */
  let deepest = new Map<bigint, KnownStack>();

  function make(hashed: HashedStack): KnownStack {
    if (hashed.frames.length <= options.depth) return fresh(hashed);
    const kept = stackOf([...hashed.frames.slice(0, options.depth), limitFrame(overDepthLimit)]);
    const same = deepest.get(kept.id) ?? fresh(kept);
    deepest.set(kept.id, same);
    return same;
  }

  const overLimit = fresh(stackOf([limitFrame(overSampleLimit)]));

  return {
    overLimit,
    stacksOf(wire) {
      if (known.size > maxStacks) {
        known = new Map();
        deepest = new Map();
      }
      let cut = 0;
      const stacks = stackKeys(wire, hasher).map((hashed) => {
        if (hashed.frames.length > options.depth) cut++;
        let stack = known.get(hashed);
        if (stack === undefined) {
          stack = make(hashed);
          known.set(hashed, stack);
        }
        return stack;
      });
      return { stacks, cut };
    },
    define(stacks, role) {
      const defs: StackDef[] = [];
      const sites = new Map<bigint, SiteDef>();
      for (const stack of stacks) {
        if (stack.defined) continue;
        stack.defined = true;
        const { id, chk, frames } = stack.hashed;
        const { site, lock } = siteOfStack(frames, contentRole(frames, role), options);
        defs.push({ id, chk, site: site.id, frames });
        sites.set(site.id, site);
        sites.set(lock.id, lock);
      }
      return { stacks: defs, sites: [...sites.values()] };
    },
    forgetDefinitions() {
      for (const stack of known.values()) stack.defined = false;
      overLimit.defined = false;
    },
  };
}

function fresh(hashed: HashedStack): KnownStack {
  const { id } = hashed;
  return { hashed, high: Number(id >> 32n), low: Number(id & 0xffffffffn), defined: false, row: 0, profile: 0 };
}

function stackOf(frames: readonly Frame[]): HashedStack {
  return { ...stackIdOf(frames), frames };
}

/**
 * A stack has one site, whichever profile brought it first: a CPU sample taken exactly in `sync.(*Mutex).Lock` has the
 * frames of a waiter, so it must get the waiter's site.
 */
function contentRole(frames: readonly Frame[], role: Role): Role {
  if (role !== 'other') return role;
  const leaf = frames[0]?.function ?? '';
  if (/^(?:internal\/)?sync\.\(\*\w+\)\.R?Unlock$|^runtime\.unlock/.test(leaf)) return 'hold';
  return /^(?:internal\/)?sync\.\(\*|^runtime\.(?:chansend1?|chanrecv[12]?|selectgo)$/.test(leaf) ? 'wait' : 'other';
}
