import type { LockChange, SiteChange } from '@/lib/regression/comparison';
import { formatLockWaiting } from '@/lib/report/diff-sentence';
import { formatCount, formatRatio, unknown } from '@/lib/units-format';

/** `+54.0`, `−1.2 ms`; `0` without a sign. */
export function formatChange(base: number, head: number, format: (value: number) => string): string {
  const change = head - base;
  return change === 0 ? '0' : `${change > 0 ? '+' : '−'}${format(Math.abs(change))}`;
}

/** `×585 (139 – 1 530)`; "new" without a base, "gone" without a head. */
export function formatInterval({ ratio, ci95, presence }: Pick<SiteChange, 'ratio' | 'ci95' | 'presence'>): string {
  if (ratio === null) return presence === 'both' ? unknown : presence;
  const interval = ci95 === null ? '' : ` (${bare(ci95[0])} – ${bare(ci95[1])})`;
  return `×${bare(ratio)}${interval}`;
}

/** `×7`, `×1.9`: of a smallest visible change, never rounded down. */
export function formatVisible(ratio: number): string {
  const rounded = ratio < 10 ? Math.ceil(ratio * 100 - 1e-9) / 100 : Math.ceil(ratio);
  return `×${rounded >= 1000 ? formatCount(rounded) : rounded}`;
}

/** `< 0.0001`, `= 0.012`: of a q or a p value. */
export function formatChance(value: number): string {
  return value < 0.0001 ? '< 0.0001' : `= ${Number(value.toPrecision(2))}`;
}

/** A lock's waiting on both sides in its unit. */
export function lockValues({ waiting: { unit, base, head } }: LockChange) {
  const format = (value: number) => formatLockWaiting(value, unit);
  return {
    base: format(base.median),
    head: format(head.median),
    change: formatChange(base.median, head.median, format),
  };
}

/** Two decimals below 10, for 1.25 and 1.3 are told apart; above 100 two significant digits. */
function bare(ratio: number): string {
  if (ratio < 10) return String(Number(ratio.toFixed(2)));
  return formatRatio(ratio, 1).replace('×', '');
}
