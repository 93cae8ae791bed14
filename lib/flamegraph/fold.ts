import { LockscopeError } from '@/lib/errors';
import type { Profile } from '@/lib/profile/profile';
import { type PathFrame, stackPaths } from './path-frame';
import { type Transform, transformPath } from './transform';
import { growPath, growRoot, type TreeLimits, type TrimmedTree, trimTree } from './tree';

export interface FoldOptions extends TreeLimits {
  /** Column of `profile.sampleTypes` that gives the widths. */
  readonly valueIndex: number;
  /** Leaf outermost: children are callers. */
  readonly invert?: boolean;
  readonly transforms?: readonly Transform[];
}

/** Nodes that a graph of full width can show; more on demand. */
export const defaultLimits: TreeLimits = { maxNodes: 1500, minShare: 0.0002 };

export interface Folded extends TrimmedTree {
  /** Value and stacks left out by focus and drop steps; root.total + this value = the profile's total. */
  readonly leftOut: { readonly value: number; readonly stacks: number };
}

/**
 * Folds stacks into a tree, outermost frame first, after the transforms; small nodes are merged into a counted
 * `other`. Totals hold: root.total + leftOut.value = sum of the column. Ids are hashes of the path, the same in
 * every query. Throws `flame.value` for an unknown column or a value below zero, which a width cannot show.
 */
export function foldFlame(profile: Profile, options: FoldOptions): Folded {
  const root = growRoot('root');
  const leftOut = { value: 0, stacks: 0 };
  for (const { path, value } of valuedPaths(profile, options.valueIndex)) {
    const left = transformPath(path, options.transforms ?? []);
    if (left === undefined) {
      leftOut.value += value;
      leftOut.stacks++;
    } else {
      growPath(root, options.invert === true ? left.toReversed() : left, value);
    }
  }
  return { ...trimTree(root, options), leftOut };
}

/** Every sample above zero as its path, outermost first, with its value in one column. Throws as `foldFlame`. */
export function* valuedPaths(
  profile: Profile,
  valueIndex: number,
): Generator<{ readonly path: readonly PathFrame[]; readonly value: number }> {
  const column = profile.samples.values[valueIndex];
  if (column === undefined) throw new LockscopeError('flame.value', `the profile has no value column ${valueIndex}`);
  const pathOf = stackPaths(profile);
  for (let at = 0; at < profile.samples.length; at++) {
    const value = column[at] ?? 0;
    if (value < 0) {
      throw new LockscopeError('flame.value', `sample ${at} has the value ${value}`, { place: `sample ${at}` });
    }
    if (value > 0) yield { path: pathOf(profile.samples.stack[at] ?? 0), value };
  }
}
