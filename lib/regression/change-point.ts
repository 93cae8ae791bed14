import { bestBoundary, chanceOfBoundary } from './stats/boundary-score';
import { hodgesLehmannRatio } from './stats/hodges-lehmann';
import { type Random, randomOf } from './stats/seeded-random';
import { median } from './stats/spread';

/** A value (at least 0) of one window of one pod. Units are the caller's. */
export interface BuildWindow {
  readonly build: string;
  readonly value: number;
}

export interface ChangePoint {
  /** The first build with which values rose, and the one before it. */
  readonly build: string;
  readonly previous: string;
  /** Medians of the windows of the builds before it, and of those from it to the next rise (or the last). */
  readonly before: number;
  readonly after: number;
  /** exp of the Hodges-Lehmann shift of the logarithms; null when what is before is mostly 0. */
  readonly ratio: number | null;
  /** Probability that some build seems to raise values as clearly when none does. */
  readonly p: number;
  /** Share of resamplings of the windows, each within its build, that name this same build. */
  readonly confidence: number;
}

export interface ChangePointOptions {
  /** A rise with a larger p is none. */
  readonly level: number;
  /** A rise below this ratio is none. */
  readonly leastRatio: number;
}

const changePointDefaults: ChangePointOptions = { level: 0.01, leastRatio: 1.1 };

const resamplings = 200;

interface Build {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * The first build that made values worse (larger), or undefined when none did.
 *
 * Builds are in order of their first window; windows of a build that comes back stay with it; `windows` are in order of
 * time. The best boundary between builds is tested against the best of relabeled windows, then what lies before it is
 * searched again until nothing earlier is found (as E-divisive does, Matteson and James 2014, with ranks instead of
 * distances: waiting times have heavy tails). The generator is seeded by the values: identical input gives identical
 * output. O(2,000 × windows × rises).
 */
export function firstBadBuild(
  windows: readonly BuildWindow[],
  options: ChangePointOptions = changePointDefaults,
): ChangePoint | undefined {
  const builds = groupByBuild(windows);
  const random = randomOf(builds.flatMap(({ values }) => [values.length, ...values]));
  let found: ChangePoint | undefined;
  for (let end = builds.length; end >= 2; ) {
    const segment = builds.slice(0, end);
    const groups = segment.map(({ values }) => values);
    const at = bestBoundary(groups)?.at;
    const rise = at === undefined ? undefined : riseAt(segment, at);
    if (at === undefined || rise === undefined) break;
    if (rise.ratio !== null && rise.ratio < options.leastRatio) break;
    const p = chanceOfBoundary(groups, options.level, random);
    if (p > options.level) break;
    found = { ...rise, p, confidence: agreement(groups, at, random) };
    end = at;
  }
  return found;
}

function groupByBuild(windows: readonly BuildWindow[]): Build[] {
  const groups = new Map<string, number[]>();
  for (const { build, value } of windows) {
    const values = groups.get(build);
    if (values === undefined) groups.set(build, [value]);
    else values.push(value);
  }
  return [...groups].map(([name, values]) => ({ name, values }));
}

function riseAt(segment: readonly Build[], at: number): Omit<ChangePoint, 'p' | 'confidence'> | undefined {
  const [previous, build] = [segment[at - 1], segment[at]];
  const valuesOf = (builds: readonly Build[]) => builds.flatMap(({ values }) => values);
  const [earlier, later] = [valuesOf(segment.slice(0, at)), valuesOf(segment.slice(at))];
  const [before, after] = [median(earlier), median(later)];
  if (previous === undefined || build === undefined || before === undefined || after === undefined) return undefined;
  return {
    build: build.name,
    previous: previous.name,
    before,
    after,
    ratio: hodgesLehmannRatio(earlier, later)?.ratio ?? null,
  };
}

/** Resampling within builds leaves each build's level and asks how sharply the boundary stands out. */
function agreement(groups: readonly (readonly number[])[], at: number, random: Random): number {
  let same = 0;
  for (let time = 0; time < resamplings; time++) {
    const drawn = groups.map((values) => values.map(() => values[Math.floor(random() * values.length)] ?? 0));
    if (bestBoundary(drawn)?.at === at) same++;
  }
  return same / resamplings;
}
