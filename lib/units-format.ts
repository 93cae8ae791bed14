/**
 * Numbers, durations and instants as people read them; the only place that rounds. Rules: three significant
 * digits, no-break space before the unit, null as "–", something small as "<0.01" and never as 0.
 * Times are UTC and say so where they stand alone.
 */
const space = '\u00a0';
const thin = '\u202f';
export const unknown = '–';

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const durationUnits = [
  { unit: 'ns', seconds: 1e-9 },
  { unit: 'µs', seconds: 1e-6 },
  { unit: 'ms', seconds: 1e-3 },
  { unit: 's', seconds: 1 },
] as const;

/** Three significant digits, no trailing zeros, no exponent: `412`, `8.1`, `0.73`. */
export function formatDigits(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? formatCount(Math.round(rounded)) : String(rounded);
}

/** A duration in seconds split into number and unit, so that a page can dim the unit; a minute and more is one text. */
export function durationParts(seconds: number | null | undefined): Quantity {
  if (seconds === null || seconds === undefined) return { value: unknown, unit: '' };
  if (seconds === 0) return { value: '0', unit: 's' };
  const size = Math.abs(seconds);
  if (size < 1e-9) return { value: '<1', unit: 'ns' };
  if (size >= 59.95) return { value: longDuration(Math.round(size)), unit: '' };
  // 999.6 ms reads "1 s": the unit is chosen after rounding.
  const fit = durationUnits.find((entry) => Number((size / entry.seconds).toPrecision(3)) < 1000) ?? durationUnits[3];
  return { value: formatDigits(seconds / fit.seconds), unit: fit.unit };
}

/** `412 ns`, `8.1 µs`, `2.31 s`, `1 m 12 s`, `3 d 4 h`; takes seconds. */
export function formatDuration(seconds: number | null | undefined): string {
  const { value, unit } = durationParts(seconds);
  return unit === '' ? value : `${value}${space}${unit}`;
}

function longDuration(seconds: number): string {
  const parts = [
    { unit: 'd', amount: Math.floor(seconds / 86_400) },
    { unit: 'h', amount: Math.floor(seconds / 3_600) % 24 },
    { unit: 'm', amount: Math.floor(seconds / 60) % 60 },
    { unit: 's', amount: seconds % 60 },
  ];
  const first = parts.findIndex((part) => part.amount > 0);
  return parts
    .slice(first, first + 2)
    .filter((part) => part.amount > 0)
    .map((part) => `${part.amount}${space}${part.unit}`)
    .join(space);
}

/** Goroutines waiting: `0`, `<0.01`, `0.15`, `2.7`, `28.8`, `479`, `4.17 k`. */
export function formatWaiting(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  if (value === 0) return '0';
  if (value < 0.005) return '<0.01';
  if (value < 0.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  if (value < 999.5) return value.toFixed(0);
  return `${Number((value / 1000).toPrecision(3))}${space}k`;
}

/** A count with a thin no-break space as thousands mark: `15 715`. */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, thin);
}

/** `1 pod`, `8 pods`. */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)}${space}${value === 1 ? one : many}`;
}

/** A share 0..1 in percent; neither a rest nor a gap is rounded away: `<1 %`, `98 %`, `>99 %`. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined) return unknown;
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) return `<1${space}%`;
  if (percent > 99.5 && percent < 100) return `>99${space}%`;
  return `${Math.round(percent)}${space}%`;
}

/** `×15`, `×1.3`; above 100 whole numbers; "new" when there was nothing before. */
export function formatRatio(value: number, base: number): string {
  if (base === 0) return value === 0 ? '=' : 'new';
  const ratio = value / base;
  return `×${ratio > 100 ? formatCount(Math.round(Number(ratio.toPrecision(2)))) : String(Number(ratio.toPrecision(2)))}`;
}

/** Bytes in powers of 1024: `812 B`, `3.4 MiB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return unknown;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let index = 0;
  while (size >= 999.5 && index < units.length - 1) {
    size /= 1024;
    index++;
  }
  return `${formatDigits(size)}${space}${units[index]}`;
}

/** A rate of a profile as Go users write it: block rate in ns as a duration, 1 ns as "every event". */
export function formatBlockRate(ns: number | undefined): string {
  if (ns === undefined) return 'block rate not told';
  return `block rate ${ns <= 1 ? `1${space}ns` : formatDuration(ns / 1e9)}`;
}
