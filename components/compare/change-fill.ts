import type { FlameChange } from '@/lib/flamegraph/fold-diff';

/** What a change looks like: five steps to each side, and what is new or gone. */
export type ChangeStep = -4 | -3 | -2 | -1 | 0 | 1 | 2 | 3 | 4;

/** Smallest shares of the larger side for steps 1 to 4. */
const steps = [0.05, 0.25, 0.5, 0.75] as const;

export interface Neutral {
  /** Relative spread of the base's own runs: within it a change is noise. */
  readonly relative: number;
  /** Absolute change below which nothing is coloured, in the unit of the graph. */
  readonly absolute: number;
}

/**
 * The step of a change, by its share of the larger side: 0 inside the noise. Absolute values are compared, so what
 * only changed its share of the whole is neutral.
 */
export function changeStep({ base, head }: FlameChange, neutral: Neutral): ChangeStep {
  const change = head - base;
  const size = Math.abs(change);
  if (size <= neutral.absolute || size <= neutral.relative * base) return 0;
  const share = size / Math.max(base, head);
  const step = steps.filter((least) => share >= least).length;
  return (Math.sign(change) * Math.max(1, step)) as ChangeStep; // a sign times 1..4
}

/** SVG paint of a step, from tokens so that light and dark need no redraw; new and gone are hatched. */
export function changePaint(change: FlameChange, neutral: Neutral): string {
  const step = changeStep(change, neutral);
  if (step === 0) return 'var(--diff-0)';
  if (change.base === 0) return 'url(#cmp-new)';
  if (change.head === 0) return 'url(#cmp-gone)';
  return step > 0 ? `var(--diff-p${step})` : `var(--diff-n${-step})`;
}
