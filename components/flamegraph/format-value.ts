import { formatBytes, formatCount, formatDigits, formatDuration, formatWaiting } from '@/lib/units-format';

const space = '\u00a0';

/** What the widths of a profile type count, for headings: `goroutine-seconds waited`. */
export interface ValueKind {
  readonly unit: string;
  /** delay (block, mutex) is waited by many goroutines at once, so it reads as goroutine-seconds. */
  readonly type: string;
}

/** A value of a column with its unit: `5 863 goroutine-s`, `2.31 s`, `3.4 MiB`, `1 204`. */
export function formatValue(value: number, { unit, type }: ValueKind): string {
  switch (unit) {
    case 'nanoseconds': {
      const seconds = value / 1e9;
      if (type !== 'delay') return formatDuration(seconds);
      return `${goroutineSeconds(seconds)}${space}goroutine-s`;
    }
    case 'bytes':
      return formatBytes(value);
    case 'goroutines':
      return `${formatWaiting(value)}${space}waiting`;
    default:
      return formatCount(value);
  }
}

/** A value below a head that names its `columnUnit`: `5 863`, or as `formatValue` when units differ by row. */
export function formatInColumn(value: number, kind: ValueKind): string {
  return columnUnit(kind) === undefined ? formatValue(value, kind) : goroutineSeconds(value / 1e9);
}

function goroutineSeconds(seconds: number): string {
  return seconds > 0 && seconds < 0.001 ? '<0.001' : formatDigits(seconds);
}

/** What stands behind every value of a column and can stand in its head instead; undefined when units differ by row. */
export function columnUnit({ unit, type }: ValueKind): string | undefined {
  return unit === 'nanoseconds' && type === 'delay' ? 'goroutine-s' : undefined;
}

/** A share 0..1 with one digit between 0.1 and 99.9 %: `97.9 %`, `<0.1 %`. */
export function formatFineShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return `<0.1${space}%`;
  if (percent > 99.95 && percent < 100) return `>99.9${space}%`;
  return `${percent === 0 || percent === 100 ? percent : percent.toFixed(1)}${space}%`;
}
