import { compareRuns } from '@/lib/regression/compare';
import type { Comparison } from '@/lib/regression/comparison';
import { type CompareOptions, defaultOptions } from '@/lib/regression/options';
import { logDeviation, median } from '@/lib/regression/stats/spread';
import type { Corpus } from './regression-arms';
import { refactorings } from './regression-edits';

const same = ['same-1', 'same-2', 'same-3', 'same-4'];

/** How often comparisons of one kind came out in one way. */
export interface Rate {
  readonly comparisons: number;
  readonly hits: number;
  /** Comparisons left away, for the change was below the floor. */
  readonly small?: number;
  /** Median of the estimated ratios at the changed function; undefined where none is changed. */
  readonly ratio: number | undefined;
  /** Median noise of the unchanged arm there: standard deviation of the logarithms from run to run. */
  readonly noise: number | undefined;
}

/** Any regression between arms of the same build: every window of `runs` rounds, every pair of arms. */
export function falseAlarms(corpus: Corpus, runs: number, step = 1): Rate {
  const found = windows(corpus, runs, step).flatMap((round) =>
    pairs().map(([base, head]) =>
      isRegression(compareRuns(corpus.arm(base, round, runs), corpus.arm(head, round, runs), defaultOptions)),
    ),
  );
  return rateOf(found);
}

/** The same where the head ran after the base, as a stored baseline did. */
export function falseAlarmsLater(corpus: Corpus, runs: number, options: CompareOptions): Rate {
  const found = windows(corpus, 2 * runs, 1).flatMap((round) =>
    pairs().map(([base, head]) =>
      isRegression(compareRuns(corpus.arm(base, round, runs), corpus.arm(head, round + runs, runs), options)),
    ),
  );
  return rateOf(found);
}

/**
 * A regression at the function that `change` makes worse, in every window against each arm of the same build. Windows
 * in which it cost less than the least change that counts (`floor`) are no misses: they are `small`.
 */
export function recall(corpus: Corpus, change: string, changed: string, runs: number, step = 1): Rate {
  const comparisons = windows(corpus, runs, step).flatMap((round) =>
    same.map((base) => compareRuns(corpus.arm(base, round, runs), corpus.arm(change, round, runs), defaultOptions)),
  );
  const all = comparisons.map((one) => one.sites.filter(({ site }) => site.function === changed));
  const sites = all.filter(
    (of) => !of.some(({ primary, base, head, floor }) => primary && head.median - base.median < floor),
  );
  const tested = sites.flatMap((of) => of.find(({ primary }) => primary) ?? []);
  return {
    ...rateOf(sites.map((of) => of.some(({ verdict }) => verdict === 'regression'))),
    small: all.length - sites.length,
    ratio: median(tested.flatMap(({ ratio }) => ratio ?? [])),
    noise: median(tested.flatMap(({ base }) => logDeviation(base.values) ?? [])),
  };
}

/** Any regression when the head is the same build after a refactoring, each on a window of its own. */
export function refactoringAlarms(corpus: Corpus, runs: number): { readonly rate: Rate; readonly alarmed: string[] } {
  const starts = windows(corpus, runs, 1);
  const alarmed: string[] = [];
  const all = refactorings();
  for (const [index, { name, edit }] of all.entries()) {
    const round = starts[index % starts.length] ?? 0;
    const [base, head] = pairs()[index % pairs().length] ?? ['same-1', 'same-2'];
    const comparison = compareRuns(corpus.arm(base, round, runs), corpus.arm(head, round, runs, edit), defaultOptions);
    if (isRegression(comparison)) alarmed.push(name);
  }
  return { rate: { comparisons: all.length, hits: alarmed.length, ratio: undefined, noise: undefined }, alarmed };
}

/**
 * 95 % interval of a share (Wilson 1927). Windows overlap, so comparisons are not independent: as many of them as the
 * corpus has windows without overlap would carry the same evidence, and a wider interval.
 */
export function wilson({ hits, comparisons }: Rate): readonly [number, number] {
  const z = 1.96;
  const share = hits / comparisons;
  const middle = (share + z ** 2 / (2 * comparisons)) / (1 + z ** 2 / comparisons);
  const half =
    (z / (1 + z ** 2 / comparisons)) * Math.sqrt((share * (1 - share)) / comparisons + z ** 2 / (4 * comparisons ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

function isRegression({ verdict }: Comparison): boolean {
  return verdict === 'regression';
}

function windows({ rounds }: Corpus, runs: number, step: number): number[] {
  const starts: number[] = [];
  for (let round = 0; round + runs <= rounds; round += step) starts.push(round);
  return starts;
}

function pairs(): [string, string][] {
  return same.flatMap((base, index) => same.slice(index + 1).map((head): [string, string] => [base, head]));
}

function rateOf(found: readonly boolean[]): Rate {
  return { comparisons: found.length, hits: found.filter(Boolean).length, ratio: undefined, noise: undefined };
}
