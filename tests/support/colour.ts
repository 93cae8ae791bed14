/**
 * Colour arithmetic for tests of the palette: WCAG contrast, colour difference CIEDE2000, and the three colour vision
 * deficiencies after Machado et al. 2009 at full strength. Colours are `#rrggbb`.
 */
type Triple = readonly [number, number, number];

export const visions = ['normal', 'protan', 'deutan', 'tritan'] as const;
export type Vision = (typeof visions)[number];

const machado: Readonly<Record<Exclude<Vision, 'normal'>, readonly Triple[]>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** WCAG 2 contrast ratio, 1..21. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => dot(linear(hex), [0.2126, 0.7152, 0.0722]);
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function lab(hex: string, vision: Vision): Triple {
  const rgb = linear(hex);
  const seen: Triple =
    vision === 'normal'
      ? rgb
      : (machado[vision].map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as [number, number, number]); // three rows
  const [x, y, z] = [
    dot(seen, [0.4124, 0.3576, 0.1805]) / 0.95047,
    dot(seen, [0.2126, 0.7152, 0.0722]),
    dot(seen, [0.0193, 0.1192, 0.9505]) / 1.08883,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * (y ?? 0) - 16, 500 * ((x ?? 0) - (y ?? 0)), 200 * ((y ?? 0) - (z ?? 0))];
}

/** CIEDE2000 (Sharma et al. 2005) between two colours as somebody with this vision sees them. */
export function difference(first: string, second: string, vision: Vision): number {
  const [l1, a1, b1] = lab(first, vision);
  const [l2, a2, b2] = lab(second, vision);
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (b: number, a: number): number =>
    a === 0 && b === 0 ? 0 : (Math.atan2(b, a) + 2 * Math.PI) % (2 * Math.PI);
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(turn / 2);
  const far = Math.abs(h1 - h2) > Math.PI;
  const meanH = grey ? h1 + h2 : far ? ((h1 + h2 + 2 * Math.PI) / 2) % (2 * Math.PI) : (h1 + h2) / 2;
  const [meanL, meanC2] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t =
    1 -
    0.17 * Math.cos(meanH - Math.PI / 6) +
    0.24 * Math.cos(2 * meanH) +
    0.32 * Math.cos(3 * meanH + Math.PI / 30) -
    0.2 * Math.cos(4 * meanH - (63 * Math.PI) / 180);
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * meanC2, 1 + 0.015 * meanC2 * t];
  const degrees = (meanH * 180) / Math.PI;
  const theta = ((30 * Math.PI) / 180) * Math.exp(-(((degrees - 275) / 25) ** 2));
  const rt = -Math.sin(2 * theta) * 2 * Math.sqrt(meanC2 ** 7 / (meanC2 ** 7 + 25 ** 7));
  const [dl, dc, dh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh];
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rt * dc * dh);
}
