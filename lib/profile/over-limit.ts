import type { Frame, Profile } from './profile';

/** Stands for all stacks of a window beyond the limit of samples, added up: totals stay true. */
export const overSampleLimit = '[over the sample limit]';
/** The outermost frame of a stack whose further callers were cut at the limit of depth. */
export const overDepthLimit = '[over the depth limit]';

/** A frame that no program has. */
export function limitFrame(name: typeof overSampleLimit | typeof overDepthLimit): Frame {
  return { function: name, file: '', line: 0, startLine: 0 };
}

/** What a column of a profile holds in stacks that a limit folded into one, or cut. */
export interface OverLimit {
  readonly samples: number;
  readonly depth: number;
}

/** Sums of one value column over the stacks that end in one of the two frames. */
export function overLimitOf(
  { strings, functions, locations, stacks, samples }: Profile,
  valueIndex: number,
): OverLimit {
  const sums = { samples: 0, depth: 0 };
  const column = samples.values[valueIndex];
  for (let sample = 0; sample < samples.length; sample++) {
    const stack = samples.stack[sample] ?? 0;
    const outermost = locations.func[stacks.locations[(stacks.offsets[stack + 1] ?? 0) - 1] ?? 0] ?? -1;
    const name = outermost < 0 ? '' : strings[functions.name[outermost] ?? 0];
    if (name === overSampleLimit) sums.samples += column?.[sample] ?? 0;
    if (name === overDepthLimit) sums.depth += column?.[sample] ?? 0;
  }
  return sums;
}
