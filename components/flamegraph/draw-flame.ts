import flamegraph, { type ChartNode, type FlameTooltip } from 'd3-flame-graph';
import { select } from 'd3-selection';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { shortName } from '@/lib/profile/function-name';

export const rowHeight = 20;
/** The library makes its picture this much higher than the frames in it, at the side away from the root. */
export const spareRows = 2;

export interface FlameMarks {
  readonly selected: string | undefined;
  readonly hits: ReadonlySet<string>;
  /** Drawn in a full colour, so their label is light. */
  readonly strong: ReadonlySet<string>;
}

export interface FlameDrawing {
  /** Shows a node at full width; undefined shows the whole. */
  readonly zoomTo: (id: string | undefined) => void;
  readonly mark: (marks: FlameMarks) => void;
  readonly resize: (width: number) => void;
  readonly destroy: () => void;
}

export interface DrawOptions {
  readonly root: FlameNode;
  readonly width: number;
  readonly grows: 'down' | 'up';
  readonly transitionMs: number;
  readonly fill: (node: FlameNode) => string;
  readonly onClick: (id: string) => void;
  readonly onHover: (id: string | undefined) => void;
}

// The library writes a title element into every frame unless it has a tooltip; the detail bar is ours.
const noTooltip: FlameTooltip = Object.assign(() => undefined, { show: () => undefined, hide: () => undefined });

/** Draws a tree with d3-flame-graph into `host`; frames of two pixels and less are left out by the library. */
export function drawFlame(host: HTMLElement, options: DrawOptions): FlameDrawing {
  let marks: FlameMarks = { selected: undefined, hits: new Set(), strong: new Set() };
  let zoomed: string | undefined;
  let quiet = false;
  const nodes = new Map<string, ChartNode<FlameNode>>();
  const chart = flamegraph<FlameNode>()
    .width(options.width)
    .cellHeight(rowHeight)
    .resetHeightOnZoom(true)
    .minFrameSize(2)
    .transitionDuration(options.transitionMs)
    .inverted(options.grows === 'down')
    .sort(false)
    .selfValue(false)
    .getName(({ data }) =>
      data.merged > 0 ? `${data.merged} more` : data.name === 'root' ? 'all' : shortName(data.name),
    )
    .getValue((data) => data.total)
    .setColorMapper(({ data }) => options.fill(data))
    .setLabelHandler(({ data }) => data.id)
    .setDetailsHandler((id) => options.onHover(id ?? undefined))
    .setSearchMatch(() => false)
    .tooltip(noTooltip)
    .onClick(({ data }) => {
      zoomed = data.id === options.root.id ? undefined : data.id;
      decorate();
      if (!quiet) options.onClick(data.id);
    });

  function decorate(): void {
    select(host)
      .selectAll<SVGGElement, ChartNode<FlameNode>>('g.frame')
      .classed('on', ({ data }) => data.id === marks.selected)
      .classed('hit', ({ data }) => marks.hits.has(data.id))
      .classed('strong', ({ data }) => marks.strong.has(data.id));
  }

  const place = select<HTMLElement, FlameNode>(host).datum(copyTree(options.root));
  chart(place);
  collect(select<HTMLElement, ChartNode<FlameNode>>(host).datum(), nodes);
  decorate();

  return {
    zoomTo(id) {
      if (id === zoomed) return;
      const node = id === undefined ? undefined : nodes.get(id);
      quiet = true;
      if (node === undefined) chart.resetZoom();
      else chart.zoomTo(node);
      quiet = false;
    },
    mark(next) {
      marks = next;
      decorate();
    },
    resize(width) {
      chart.width(width).update();
      decorate();
    },
    destroy() {
      chart.destroy();
    },
  };
}

/** The library writes hide and fade flags into its data. By hand: structuredClone costs 20,000 nodes a third of the drawing. */
function copyTree(node: FlameNode): FlameNode {
  return { ...node, children: node.children.map(copyTree) };
}

function collect(root: ChartNode<FlameNode>, into: Map<string, ChartNode<FlameNode>>): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    into.set(node.data.id, node);
    for (const child of node.children ?? []) open.push(child);
  }
}
