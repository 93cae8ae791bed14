import type { Baseline } from '@/lib/catalog/builds';
import type { ResolvedBaseline } from '@/lib/query/baseline';
import { formatDate, formatSpan } from '@/lib/time-format';

/** A baseline in words: `the previous build`, `the pinned build 1.41.0`. */
export function baselineText(baseline: Baseline): string {
  switch (baseline.kind) {
    case 'previous':
      return 'the previous build';
    case 'pinned':
      return `the pinned build ${baseline.build}`;
    case 'branch':
      return `the newest build of branch ${baseline.branch}`;
    case 'yesterday':
      return 'the same time yesterday';
    case 'window':
      return `the window ${windowText(baseline)}`;
  }
}

/** What a baseline means now: a build, a window, or why there is none. */
export function resolvedText(resolved: ResolvedBaseline): string {
  if (!resolved.ok) return `nothing to compare with: ${resolved.reason}`;
  const { base } = resolved;
  return base.kind === 'build' ? `build ${base.build}` : windowText(base);
}

export function windowText({ from, to }: { readonly from: number; readonly to: number }): string {
  const isOneDay = formatDate(from) === formatDate(to);
  return `${isOneDay ? `${formatDate(from)} ` : ''}${formatSpan(from, to)} UTC`;
}
