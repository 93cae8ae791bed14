import type { HoldPart, TileBar } from '@/lib/query/trace/result';

/**
 * What a goroutine did in a window from the bars of its lane, by state and place, by time falling. A bar that stands for
 * several intervals counts whole for the state of most of its time.
 */
export function laneParts(
  bars: readonly TileBar[],
  { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number },
): HoldPart[] {
  const parts = new Map<string, { -readonly [K in keyof HoldPart]: HoldPart[K] }>();
  for (const { state, label, startNs, endNs, merged } of bars) {
    const ns = Math.min(endNs, toNs) - Math.max(startNs, fromNs);
    if (ns <= 0) continue;
    const key = `${state} ${label}`;
    const part = parts.get(key) ?? { state, function: label, ns: 0, times: 0 };
    parts.set(key, part);
    part.ns += ns;
    part.times += merged;
  }
  return [...parts.values()].sort((a, b) => b.ns - a.ns || a.function.localeCompare(b.function));
}
