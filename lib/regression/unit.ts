import type { Unit } from './comparison';
import type { Run } from './run';

/**
 * What the values of all runs are divided by: the first of operations, requests and seconds that every run with a
 * profile knows, else nothing (`run`). Benchmarks whose operations are not known have no other unit than the run: they
 * do as much in a second as they can.
 */
export function unitOfRuns(runs: readonly Run[]): Unit {
  const profiled = runs.filter((run) => run.mutex !== undefined || run.block !== undefined || run.cpu !== undefined);
  if (profiled.length === 0) return 'op';
  const known = (of: (run: Run) => number | undefined) => profiled.every((run) => (of(run) ?? 0) > 0);
  if (known((run) => run.per.ops)) return 'op';
  if (known((run) => run.per.requests)) return 'request';
  if (profiled.some((run) => run.times.length > 0)) return 'run';
  return known((run) => run.per.seconds) ? 'second' : 'run';
}

/** What a run's values are divided by. `unitOfRuns` chose a unit that every profiled run knows. */
export function denominatorOf(run: Run, unit: Unit): number {
  switch (unit) {
    case 'op':
      return run.per.ops ?? 1;
    case 'request':
      return run.per.requests ?? 1;
    case 'second':
      return run.per.seconds ?? 1;
    case 'run':
      return 1;
  }
}

/** The least change that matters to anybody, ns per unit: 20 ns an operation, 1 ms a second or run, 1 µs a request. */
export const leastChangeNs: Readonly<Record<Unit, number>> = { op: 20, request: 1e3, second: 1e6, run: 1e6 };
