const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
  PB: 1024 ** 5,
};

/** Milliseconds of `10s`, `1.5m`, `3d`; NaN for anything else. */
export function parseDuration(text: string): number {
  return parseQuantity(text, durationUnits);
}

/** Bytes of `64MB` (binary: 64 × 2^20), `512kB`, `100B`; NaN for anything else. */
export function parseBytes(text: string): number {
  return parseQuantity(text, byteUnits);
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  return digits === undefined || factor === undefined ? Number.NaN : Math.round(Number(digits) * factor);
}
