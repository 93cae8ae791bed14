import type { Profile } from '@/lib/profile/profile';
import type { FlameNode } from './flame-node';
import { valuedPaths } from './fold';
import { growPath, growRoot, type TreeLimits, trimTree } from './tree';

export interface Sandwich {
  readonly name: string;
  /** Value of the stacks through the function; both trees have it as their total. */
  readonly total: number;
  /** Root is the function, children are its callers. */
  readonly callers: FlameNode;
  /** Root is the function, children are what it calls. */
  readonly callees: FlameNode;
  readonly trimmed: { readonly value: number; readonly nodes: number };
}

/**
 * All callers above and all callees below one function. A stack counts once, cut at the outermost call of the
 * function, so recursion does not count twice. Unknown functions give a total of 0. Throws `flame.value`.
 */
export function foldSandwich(profile: Profile, options: TreeLimits & { valueIndex: number; name: string }): Sandwich {
  const callers = growRoot(options.name);
  const callees = growRoot(options.name);
  for (const { path, value } of valuedPaths(profile, options.valueIndex)) {
    const at = path.findIndex(({ name }) => name === options.name);
    if (at < 0) continue;
    growPath(callers, path.slice(0, at).toReversed(), value);
    growPath(callees, path.slice(at + 1), value);
  }
  const above = trimTree(callers, options);
  const below = trimTree(callees, options);
  return {
    name: options.name,
    total: callers.total,
    callers: above.root,
    callees: below.root,
    trimmed: {
      value: above.trimmed.value + below.trimmed.value,
      nodes: above.trimmed.nodes + below.trimmed.nodes,
    },
  };
}
