import { type FrameColour, packageColour, packageHues, reasonColours } from '@/lib/flamegraph/colour';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { reasonPaint, unhatched } from './reason-hatches';

export type ColourBy = 'package' | 'reason' | 'side';

/** SVG paint of every node, from tokens so that light and dark need no redraw. */
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
      return reasonPaint(which);
    default:
      return grey;
  }
}

/** The colour of a fill as `#rrggbb`, as this browser shows it inside `graph`: a file knows neither variables nor oklch everywhere. */
export function resolvedFill(fill: string, graph: Element): string {
  const probe = document.createElement('i');
  probe.style.color = unhatched(fill);
  graph.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return '#dddddd';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
