import type { Run } from './run';

/** Runs of one side in a row that an alternating plan may have: AB BA. */
const longestRow = 2;

/**
 * True when the runs of the two arms alternate in time, with at most two of one side in a row; false also when a run
 * does not tell its time. Runs that began together are taken as base first.
 */
export function isInterleaved(base: readonly Run[], head: readonly Run[]): boolean {
  const timed = [
    ...base.map((run) => ({ side: 'base', startMs: run.startMs })),
    ...head.map((run) => ({ side: 'head', startMs: run.startMs })),
  ];
  if (base.length === 0 || head.length === 0 || timed.some(({ startMs }) => startMs === undefined)) return false;
  let row = 0;
  let before = '';
  for (const { side } of timed.sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))) {
    row = side === before ? row + 1 : 1;
    before = side;
    if (row > longestRow) return false;
  }
  return true;
}
