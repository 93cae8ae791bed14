'use client';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
// Client: saves a file that is made from what is on screen.
import { flameSvg } from '@/lib/flamegraph/svg';
import { placeOf } from '@/lib/profile/function-name';
import { resolvedFill } from './fills';
import type { FlameHalf } from './flame-explorer';
import { formatValue, type ValueKind } from './format-value';

/** "Download SVG" of one tree, colours as they are on screen now. */
export function SvgButton({
  title,
  half,
  fill,
  kind,
}: {
  readonly title: string;
  readonly half: FlameHalf;
  readonly fill: (node: FlameNode) => string;
  readonly kind: ValueKind;
}) {
  const save = (button: HTMLElement) => {
    const known = new Map<string, string>();
    const resolve = (node: FlameNode) => {
      const text = fill(node);
      const colour = known.get(text) ?? resolvedFill(text, button);
      known.set(text, colour);
      return colour;
    };
    const svg = flameSvg(half.root, {
      title,
      width: 1400,
      fill: resolve,
      hint: (node) => `${node.name} ${placeOf(node)} ${formatValue(node.total, kind)}`,
    });
    const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${title.replace(/[^A-Za-z0-9._-]+/g, '-')}.svg`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" className="btn small" onClick={(event) => save(event.currentTarget)}>
      Download SVG
    </button>
  );
}
