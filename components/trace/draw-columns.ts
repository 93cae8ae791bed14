import type { Frame } from './frame';

/** Values of equal steps over [fromNs, toNs). */
export interface Columns {
  readonly fromNs: number;
  readonly toNs: number;
  readonly values: readonly number[];
}

/**
 * Fills between two lines of steps: from `base` (0 when undefined) to `values`, in units of which `top` fill the
 * height. `hangs` draws downwards from the upper edge. Only columns on screen are drawn.
 */
export function fillColumns(
  frame: Frame,
  columns: Columns,
  {
    base,
    top,
    fill,
    alpha = 1,
    hangs = false,
  }: {
    readonly base?: readonly number[] | undefined;
    readonly top: number;
    readonly fill: string | CanvasPattern;
    readonly alpha?: number;
    readonly hangs?: boolean;
  },
): void {
  const { context, height, width, x } = frame;
  const { values, fromNs, toNs } = columns;
  const step = (toNs - fromNs) / values.length;
  const { first, last } = visibleColumns(frame, columns);
  if (last < first || top <= 0) return;
  const y = (value: number) => (hangs ? (value / top) * height : height - (value / top) * height);
  context.beginPath();
  context.moveTo(Math.max(-2, x(fromNs + first * step)), y(base?.[first] ?? 0));
  for (let column = first; column <= last; column++) {
    const at = y(values[column] ?? 0);
    context.lineTo(x(fromNs + column * step), at);
    context.lineTo(Math.min(width + 2, x(fromNs + (column + 1) * step)), at);
  }
  for (let column = last; column >= first; column--) {
    const at = y(base?.[column] ?? 0);
    context.lineTo(Math.min(width + 2, x(fromNs + (column + 1) * step)), at);
    context.lineTo(x(fromNs + column * step), at);
  }
  context.closePath();
  context.globalAlpha = alpha;
  context.fillStyle = fill;
  context.fill();
  context.globalAlpha = 1;
}

/** Index of the first and last column on screen; `last < first` when none is. */
export function visibleColumns(
  { window }: Pick<Frame, 'window'>,
  { fromNs, toNs, values }: Omit<Columns, 'values'> & { readonly values: { readonly length: number } },
): { readonly first: number; readonly last: number } {
  const step = (toNs - fromNs) / values.length;
  return {
    first: Math.max(0, Math.floor((window.fromNs - fromNs) / step)),
    last: Math.min(values.length - 1, Math.ceil((window.toNs - fromNs) / step) - 1),
  };
}

/** The column of an instant; undefined outside. */
export function columnAt({ fromNs, toNs, values }: Columns, ns: number): number | undefined {
  const column = Math.floor(((ns - fromNs) / (toNs - fromNs)) * values.length);
  return column >= 0 && column < values.length ? column : undefined;
}

/** Column by column the sum of `series` up to each, lowest first. */
export function stack(series: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let below: readonly number[] | undefined;
  return series.map((values) => {
    const from = below;
    below = values.map((value, column) => value + (from?.[column] ?? 0));
    return below;
  });
}

/** Largest of the values; 0 for none. */
export const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
