import flamegraph, { type ChartNode, type FlameTooltip } from 'd3-flame-graph';
import { select } from 'd3-selection';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { drawnParts, realId } from '@/lib/flamegraph/visible';
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

/** More nodes than this cost the library too much, drawn or not: it is given those wider than half a pixel. */
const fewNodes = 3_000;

/** Draws a tree with d3-flame-graph into `host`; frames of two pixels and less are left out by the library. */
export function drawFlame(host: HTMLElement, options: DrawOptions): FlameDrawing {
  const partOf = drawnParts(options.root, fewNodes, 0.5 / Math.max(1, options.width));
  const whole = partOf(undefined) === options.root;
  let width = options.width;
  let marks: FlameMarks = { selected: undefined, hits: new Set(), strong: new Set() };
  let zoomed: string | undefined;
  let quiet = false;
  let drawn = draw();

  function draw() {
    const chart = flamegraph<FlameNode>()
      .width(width)
      .cellHeight(rowHeight)
      .resetHeightOnZoom(true)
      .minFrameSize(2)
      .transitionDuration(whole ? options.transitionMs : 0)
      .inverted(options.grows === 'down')
      .sort(false)
      .selfValue(false)
      .getName(({ data }) => labelOf(data))
      .getValue((data) => data.total)
      .setColorMapper(({ data }) => options.fill(data))
      .setLabelHandler(({ data }) => data.id)
      .setDetailsHandler((id) => options.onHover(id === null ? undefined : realId(id)))
      .setSearchMatch(() => false)
      .tooltip(noTooltip)
      .onClick(({ data }) => {
        if (!quiet) clicked(realId(data.id));
      });
    // The library writes hide and fade flags into its data.
    const place = select<HTMLElement, FlameNode>(host).datum(copyTree(partOf(zoomed)));
    chart(place);
    return { chart, nodes: nodesById(select<HTMLElement, ChartNode<FlameNode>>(host).datum()) };
  }

  function clicked(id: string): void {
    const next = id === options.root.id ? undefined : id;
    if (whole) zoomed = next;
    else show(next);
    decorate();
    options.onClick(id);
  }

  /** A tree drawn whole is zoomed by the library; of a large one another part is drawn. */
  function show(id: string | undefined): void {
    zoomed = id;
    if (!whole) {
      drawn.chart.destroy();
      drawn = draw();
    }
    const node = id === undefined ? undefined : drawn.nodes.get(id);
    quiet = true;
    if (node !== undefined) drawn.chart.zoomTo(node);
    else if (whole) drawn.chart.resetZoom();
    quiet = false;
    decorate();
  }

  function decorate(): void {
    select(host)
      .selectAll<SVGGElement, ChartNode<FlameNode>>('g.frame')
      .classed('on', ({ data }) => data.id === marks.selected)
      .classed('hit', ({ data }) => marks.hits.has(data.id))
      .classed('strong', ({ data }) => marks.strong.has(data.id));
  }

  decorate();
  return {
    zoomTo(id) {
      if (id !== zoomed) show(id);
    },
    mark(next) {
      marks = next;
      decorate();
    },
    resize(pixels) {
      width = pixels;
      drawn.chart.width(width).update();
      decorate();
    },
    destroy() {
      drawn.chart.destroy();
    },
  };
}

function labelOf(node: FlameNode): string {
  if (node.merged > 0) return `${node.merged} more`;
  return node.name === 'root' ? 'all' : shortName(node.name);
}

/** The library writes hide and fade flags into its data. By hand: structuredClone costs 20,000 nodes a third of the drawing. */
function copyTree(node: FlameNode): FlameNode {
  return { ...node, children: node.children.map(copyTree) };
}

function nodesById(root: ChartNode<FlameNode>): ReadonlyMap<string, ChartNode<FlameNode>> {
  const nodes = new Map<string, ChartNode<FlameNode>>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.set(node.data.id, node);
    for (const child of node.children ?? []) open.push(child);
  }
  return nodes;
}
