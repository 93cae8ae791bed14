import { shortName } from '@/lib/profile/function-name';
import type { FlameNode } from './flame-node';
import { type Box, layoutTree, treeDepth } from './layout';

interface SvgHalf {
  readonly root: FlameNode;
  /** Fill of a node as `#rrggbb`: the file stands alone. */
  readonly fill: (node: FlameNode) => string;
}

export interface SvgOptions {
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  /** Grows down from the root. */
  readonly down: SvgHalf;
  /** Grows up from the same root, when the picture has two halves; its first `sharedRows` rows are those of `down`. */
  readonly up: SvgHalf | undefined;
  readonly sharedRows: number;
  /** What a pointer resting on a node reads. */
  readonly hint: (node: FlameNode) => string;
}

const rowHeight = 18;
const headHeight = 28;
// Mean advance of the 11 px sans-serif below; only used to cut labels.
const letterWidth = 6.2;

/**
 * A flame graph as one SVG file that needs nothing else. Frames narrower than half a pixel are not drawn; how many
 * that are is written into the title line.
 */
export function flameSvg({ title, width, down, up, sharedRows, hint }: SvgOptions): string {
  const below = layoutTree(down.root);
  const above = up === undefined ? undefined : layoutTree(up.root);
  const rowsAbove = above === undefined ? 0 : Math.max(0, treeDepth(above) + 1 - sharedRows);
  const frames: string[] = [];
  let narrow = 0;

  function draw(half: SvgHalf, boxes: ReadonlyMap<string, Box>, rowOf: (depth: number) => number, skip: number): void {
    for (const { node, depth, x, width: share } of boxes.values()) {
      if (depth < skip) continue;
      const wide = share * width;
      if (wide < 0.5) narrow++;
      else
        frames.push(
          frameSvg(node, x * width, wide, headHeight + rowOf(depth) * rowHeight, half.fill(node), hint(node)),
        );
    }
  }
  if (up !== undefined && above !== undefined)
    draw(up, above, (depth) => rowsAbove + sharedRows - 1 - depth, sharedRows);
  draw(down, below, (depth) => rowsAbove + depth, 0);

  const height = headHeight + (rowsAbove + treeDepth(below) + 1) * rowHeight + 4;
  const note = narrow === 0 ? '' : ` (${narrow} frames narrower than half a pixel are not drawn)`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="3" y="18" font-size="13">${escapeXml(title + note)}</text>`,
    ...frames,
    '</svg>\n',
  ].join('\n');
}

function frameSvg(node: FlameNode, left: number, width: number, top: number, fill: string, hint: string): string {
  const label = cutLabel(shortName(node.name), width);
  return (
    `<g><title>${escapeXml(hint)}</title><rect x="${left.toFixed(2)}" y="${top}" width="${width.toFixed(2)}" height="${rowHeight - 1}" fill="${escapeXml(fill)}"/>` +
    (label === ''
      ? ''
      : `<text x="${(left + 3).toFixed(2)}" y="${top + 12.5}" fill="${inkOn(fill)}">${escapeXml(label)}</text>`) +
    '</g>'
  );
}

/** Black or white, whichever reads better (relative luminance, WCAG 2). */
function inkOn(fill: string): string {
  const linear = [1, 3, 5].map((at) => (Number.parseInt(fill.slice(at, at + 2), 16) / 255) ** 2.2);
  const luminance = 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  return luminance > 0.18 ? '#000000' : '#ffffff';
}

function cutLabel(name: string, width: number): string {
  const letters = Math.floor((width - 6) / letterWidth);
  if (letters < 3) return '';
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}

function escapeXml(text: string): string {
  // Control characters are not allowed in XML at all, escaped or not.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
