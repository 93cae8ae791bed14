import { currentPaints, type Paints } from './paints';
import type { Scene } from './scene';
import { rulerTicks } from './time-ruler';
import { spanOf, type TimeWindow } from './time-window';

/** One picture of one lane, in CSS pixels. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly window: TimeWindow;
  readonly paints: Paints;
  /** Pixel of an instant, not cut at the edges. */
  readonly x: (ns: number) => number;
}

/** Draws one lane: grid, `draw`, then what goes through all lanes. Sizes the canvas to its box and the screen's pixels. */
export function drawFrame(canvas: HTMLCanvasElement, scene: Scene, draw: (frame: Frame) => void): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (context === null || width === 0) return;
  const scale = Math.min(2, devicePixelRatio);
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const window = scene.viewport.get();
  const perNs = width / spanOf(window);
  const paints = currentPaints();
  context.font = paints.label;
  const frame = { context, width, height, window, paints, x: (ns: number) => (ns - window.fromNs) * perNs };
  drawGrid(frame, scene);
  draw(frame);
  drawOverlay(frame, scene);
  drawRelease(frame, scene);
}

function drawGrid({ context, width, height, window, paints, x }: Frame, { originNs }: Scene): void {
  context.fillStyle = paints.colour('--line');
  for (const { atNs } of rulerTicks(window, originNs, ticksAcross(width)))
    context.fillRect(Math.round(x(atNs)), 0, 1, height);
}

/** As many as their labels leave room for. */
export const ticksAcross = (width: number): number => Math.max(2, Math.floor(width / 84));

function drawOverlay({ context, height, paints, x, width }: Frame, { overlay, gc }: Scene): void {
  if (overlay === 'none') return;
  for (const range of gc) {
    if (overlay === 'pauses' ? range.kind !== 'stw' : range.kind === 'mark assist') continue;
    const from = Math.max(0, x(range.startNs));
    const to = Math.min(width, x(range.endNs));
    if (to < 0 || from > width) continue;
    context.globalAlpha = range.kind === 'stw' ? 0.7 : 0.22;
    context.fillStyle = paints.colour('--w-gc');
    context.fillRect(from, 0, Math.max(range.kind === 'stw' ? 1.5 : 1, to - from), height);
  }
  context.globalAlpha = 1;
}

function drawRelease({ context, height, paints, x, width }: Frame, { releaseNs }: Scene): void {
  if (releaseNs === undefined) return;
  const at = x(releaseNs);
  if (at < -1 || at > width + 1) return;
  context.fillStyle = paints.colour('--text');
  context.fillRect(at - 0.75, 0, 1.5, height);
}

/** Writes `text` at a place when it fits in `room`, shortened when only a part fits; nothing when not even that. */
export function drawLabel(
  { context, paints }: Frame,
  text: string,
  place: { readonly x: number; readonly middle: number; readonly room: number; readonly token: string },
): void {
  const shown = fitText(context, text, place.room);
  if (shown === '') return;
  context.fillStyle = paints.colour(place.token);
  context.textBaseline = 'middle';
  context.fillText(shown, place.x, place.middle + 0.5);
}

function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (room < 24) return '';
  const width = context.measureText(text).width;
  if (width <= room) return text;
  const letters = Math.floor((text.length * room) / width) - 1;
  return letters < 4 ? '' : `${text.slice(0, letters)}…`;
}
