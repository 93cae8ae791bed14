declare module 'd3-flame-graph' {
  import type { Selection } from 'd3-selection';

  /** A node of the chart: d3-hierarchy's, with the data it was made from. */
  export interface ChartNode<T> {
    readonly data: T;
    readonly children?: readonly ChartNode<T>[];
    readonly parent: ChartNode<T> | null;
    readonly x0: number;
    readonly x1: number;
  }

  /** Setters return the chart. Only what Lockscope uses is declared (d3-flame-graph 5.0.0, src of dist/es). */
  export interface FlameChart<T> {
    (selection: Selection<HTMLElement, T, null, undefined>): void;
    width(pixels: number): this;
    cellHeight(pixels: number): this;
    resetHeightOnZoom(on: boolean): this;
    minFrameSize(pixels: number): this;
    transitionDuration(ms: number): this;
    inverted(down: boolean): this;
    sort(on: boolean): this;
    selfValue(on: boolean): this;
    getName(of: (node: ChartNode<T>) => string): this;
    getValue(of: (data: T) => number): this;
    setColorMapper(of: (node: ChartNode<T>, original: string) => string): this;
    setLabelHandler(of: (node: ChartNode<T>) => string): this;
    setDetailsHandler(show: (text: string | null) => void): this;
    setSearchMatch(matches: (node: ChartNode<T>, term: string) => boolean): this;
    onClick(handler: (node: ChartNode<T>) => void): this;
    onHover(handler: (node: ChartNode<T>) => void): this;
    tooltip(tip: FlameTooltip): this;
    zoomTo(node: ChartNode<T>): void;
    resetZoom(): void;
    update(): this;
    destroy(): this;
  }

  export interface FlameTooltip {
    (svg: unknown): void;
    show(): void;
    hide(): void;
  }

  export default function flamegraph<T>(): FlameChart<T>;
}
