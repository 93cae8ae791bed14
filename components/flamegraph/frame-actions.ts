import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { parseTransforms, printTransforms, type Transform } from '@/lib/flamegraph/transform';
import { packageOf, placeOf } from '@/lib/profile/function-name';
import { hrefWith } from '@/lib/selection/view';
import type { FlameAction } from './flame-keys';

type Leading = Extract<FlameAction, { do: 'sandwich' | 'transform' }>;

/**
 * Where an action on a frame leads: the page with one more step, or as a sandwich of the function. Undefined for
 * frames that are no function (root, merged siblings, locks). Focus goes by place in the tree where the tree is
 * the profile's own (`byPath`), else by function. A sandwich needs one profile: `side` says which one a mirror's
 * frame belongs to.
 */
export function hrefAfter(
  path: string,
  params: URLSearchParams,
  action: Leading,
  node: FlameNode,
  byPath: boolean,
  side: 'waiters' | 'holders' | undefined,
): string | undefined {
  if (node.merged > 0 || node.name === 'root') return undefined;
  const place = { zoom: null, sel: null };
  if (action.do === 'sandwich') {
    // The frames of a sandwich are others: the hit that led here is its middle, and no row.
    return hrefWith(path, params, { ...place, q: null, fn: node.name, ...(side === undefined ? {} : { mode: side }) });
  }
  const step = stepOf(action.kind, node, byPath);
  const steps = [...parseTransforms(params.get('t') ?? ''), step];
  return hrefWith(path, params, { ...place, t: printTransforms(steps) });
}

function stepOf(kind: Extract<Leading, { do: 'transform' }>['kind'], node: FlameNode, byPath: boolean): Transform {
  switch (kind) {
    case 'focus':
      return byPath ? { kind, id: node.id } : { kind: 'focusFunction', name: node.name };
    case 'collapse':
      return { kind, package: packageOf(node.name) };
    case 'focusFunction':
    case 'merge':
    case 'drop':
      return { kind, name: node.name };
  }
}

/** What ⌘C puts on the clipboard: `config.(*Manager).Get config.go:44`, the name in full. */
export function frameText(node: FlameNode): string {
  return [node.name, placeOf(node)].filter((part) => part !== '').join(' ');
}
