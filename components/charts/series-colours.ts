/**
 * Fills of the lines of one chart, in legend order; the last is for "other". The wait-reason palette, whose
 * neighbours are told apart in normal and in the three colour-deficient visions (theme.test.ts checks it).
 */
const fills = ['--waiter', '--w-chan', '--w-running', '--w-cond', '--w-io', '--w-runnable', '--w-gc'] as const;

export const maxLines = fills.length;

/** CSS colour of line `index`; lines that stand for others are grey. */
export function lineColour(index: number, isOther: boolean): string {
  return isOther ? 'var(--control)' : `var(${fills[index % fills.length]})`;
}
