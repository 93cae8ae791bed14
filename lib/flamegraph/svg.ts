import { shortName } from '@/lib/profile/function-name';
import type { FlameNode } from './flame-node';
import { layoutTree, treeDepth } from './layout';

export interface SvgOptions {
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  /** Fill of a node as a CSS colour without variables: the file stands alone. */
  readonly fill: (node: FlameNode) => string;
  /** What a pointer resting on a node reads. */
  readonly hint: (node: FlameNode) => string;
}

const rowHeight = 18;
const headHeight = 28;
// Mean advance of the 11 px sans-serif below; only used to cut labels.
const letterWidth = 6.2;

/**
 * A flame graph as one SVG file that needs nothing else, the root on top. Frames narrower than half a pixel are
 * not drawn; how many that are is written below the title.
 */
export function flameSvg(root: FlameNode, { title, width, fill, hint }: SvgOptions): string {
  const boxes = layoutTree(root);
  const rows = treeDepth(boxes) + 1;
  const frames: string[] = [];
  let narrow = 0;
  for (const { node, depth, x, width: share } of boxes.values()) {
    const wide = share * width;
    if (wide < 0.5) {
      narrow++;
      continue;
    }
    const left = (x * width).toFixed(2);
    const top = headHeight + depth * rowHeight;
    const label = cutLabel(shortName(node.name), wide);
    frames.push(
      `<g><title>${escapeXml(hint(node))}</title><rect x="${left}" y="${top}" width="${wide.toFixed(2)}" height="${rowHeight - 1}" fill="${escapeXml(fill(node))}"/>` +
        (label === '' ? '' : `<text x="${(x * width + 3).toFixed(2)}" y="${top + 12.5}">${escapeXml(label)}</text>`) +
        '</g>',
    );
  }
  const height = headHeight + rows * rowHeight + 4;
  const note = narrow === 0 ? '' : ` (${narrow} frames narrower than half a pixel are not drawn)`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="3" y="18" font-size="13">${escapeXml(title + note)}</text>`,
    ...frames,
    '</svg>\n',
  ].join('\n');
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
