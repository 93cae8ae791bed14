/** Keys that the footer names; the sheet has all of them. */
export const traceKeyHints: readonly (readonly [string, string])[] = [
  ['w a s d', 'zoom, pan'],
  ['u', 'unblocker'],
  ['h', 'holder'],
  ['t', 'hold, waiter'],
  [', .', 'holds'],
  ['o', 'overlay'],
  ['z', 'undo'],
];
