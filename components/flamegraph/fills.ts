import { type FrameColour, packageColour, packageHues, reasonColours } from '@/lib/flamegraph/colour';
import type { FlameNode } from '@/lib/flamegraph/flame-node';

export type ColourBy = 'package' | 'reason' | 'side';

/** CSS fill of every node, from tokens so that light and dark need no redraw. */
export function fillsOf(
  root: FlameNode,
  by: ColourBy,
  side: 'waiter' | 'holder',
  strong: ReadonlySet<string>,
): (node: FlameNode) => string {
  if (by === 'side') {
    return (node) => (node.merged > 0 ? grey : strong.has(node.id) ? `var(--${side})` : `var(--${side}-soft)`);
  }
  const reasons = by === 'reason' ? reasonColours(root) : undefined;
  return (node) => {
    if (node.id === root.id) return grey;
    return fillOf(reasons?.get(node.id) ?? packageColour(node));
  };
}

const grey = 'var(--fl-grey)';

function fillOf(colour: FrameColour): string {
  const [kind = '', which = ''] = colour.split('-');
  switch (kind) {
    case 'own':
    case 'module':
      return `oklch(var(--fl-l) var(--fl-${kind}) ${Math.round((Number(which) * 360) / packageHues)})`;
    case 'reason':
      return `color-mix(in oklab, var(--w-${which}) var(--fl-mix), var(--bg))`;
    default:
      return grey;
  }
}

/** Fill of a node in a file that stands alone: the light theme's colours, resolved in this browser. */
export function resolvedFill(fill: string, within: HTMLElement): string {
  const probe = document.createElement('i');
  probe.style.color = fill;
  within.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
