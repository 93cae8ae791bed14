/**
 * Fills of the lines of one chart, in legend order: the waiters' colour for the busiest, then wait-reason colours that
 * are told apart from each other and from grey in all visions (theme.test.ts).
 */
const fills = ['--waiter', '--w-chan', '--w-running', '--w-gc', '--w-io', '--w-mutex'] as const;

export const maxLines = fills.length;

/** CSS colour of line `index`; lines that stand for others are grey. */
export function lineColour(index: number, isOther: boolean): string {
  return isOther ? 'var(--control)' : `var(${fills[index % fills.length]})`;
}
