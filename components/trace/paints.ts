/** What a canvas needs to know of the theme: it cannot read CSS variables. */
export interface Paints {
  /** The colour of a token such as `--w-rlock`. */
  readonly colour: (token: string) => string;
  /** The colour in stripes, for what is not certain. */
  readonly hatch: (token: string, context: CanvasRenderingContext2D) => CanvasPattern | string;
  /** Font of labels, 11 px. */
  readonly label: string;
}

let kept: { readonly theme: string; readonly paints: Paints } | undefined;

/** The paints of the theme that is on screen now; kept until it changes. */
export function currentPaints(): Paints {
  const theme = document.documentElement.dataset.theme ?? '';
  if (kept?.theme === theme) return kept.paints;
  const style = getComputedStyle(document.documentElement);
  const colours = new Map<string, string>();
  const hatches = new Map<string, CanvasPattern | string>();
  const colour = (token: string) => {
    const found = colours.get(token) ?? style.getPropertyValue(token).trim();
    colours.set(token, found);
    return found;
  };
  const paints: Paints = {
    colour,
    hatch(token, context) {
      const found = hatches.get(token) ?? hatchOf(colour(token), colour('--bg'), context);
      hatches.set(token, found);
      return found;
    },
    label: `500 11px ${getComputedStyle(document.body).fontFamily}`,
  };
  kept = { theme, paints };
  return paints;
}

function hatchOf(colour: string, ground: string, context: CanvasRenderingContext2D): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext('2d');
  if (pen === null) return colour;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.75;
  pen.beginPath();
  for (const at of [-6, 0, 6]) {
    pen.moveTo(at, 6);
    pen.lineTo(at + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}
