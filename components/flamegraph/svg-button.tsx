'use client';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
// Client: saves a file that is made from what is on screen.
import { flameSvg } from '@/lib/flamegraph/svg';
import { placeOf } from '@/lib/profile/function-name';
import { resolvedFill } from './fills';
import type { FlameHalf } from './flame-explorer';
import { formatValue, type ValueKind } from './format-value';

interface SvgHalf extends FlameHalf {
  readonly fill: (node: FlameNode) => string;
}

/** "Download SVG" of the whole picture, colours as they are on screen now. */
export function SvgButton({
  title,
  down,
  up,
  sharedRows,
  kind,
}: {
  readonly title: string;
  readonly down: SvgHalf;
  readonly up: SvgHalf | undefined;
  readonly sharedRows: number;
  readonly kind: ValueKind;
}) {
  const save = () => {
    const graph = document.querySelector('.fg-graph') ?? document.body;
    const known = new Map<string, string>();
    const resolved = (half: SvgHalf) => ({
      root: half.root,
      fill: (node: FlameNode) => {
        const text = half.fill(node);
        const colour = known.get(text) ?? resolvedFill(text, graph);
        known.set(text, colour);
        return colour;
      },
    });
    const svg = flameSvg({
      title,
      width: 1400,
      down: resolved(down),
      up: up === undefined ? undefined : resolved(up),
      sharedRows,
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
    <button type="button" className="btn small" onClick={save}>
      Download SVG
    </button>
  );
}
