import type { Frame, Profile, SampleType } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { Selection } from '@/lib/selection/selection';
import { compareText } from './order';
import type { Cover } from './port';

export interface MergedStack {
  readonly frames: readonly Frame[];
  readonly count: number;
  readonly value: number;
}

/** What a window's counts count, in pprof's words; undefined = the kind has none. */
function countType(type: ProfileType): SampleType | undefined {
  if (type.name === 'block' || type.name === 'mutex') return { type: 'contentions', unit: 'count' };
  if (type.name === 'process_cpu' || type.name === 'wall') return { type: 'samples', unit: 'count' };
  if (type.sampleType === 'alloc_space') return { type: 'alloc_objects', unit: 'count' };
  if (type.sampleType === 'inuse_space') return { type: 'inuse_objects', unit: 'count' };
  return undefined;
}

/**
 * Sums as a profile in canonical order. Columns as pprof has them: counts first where the kind counts, the value
 * last; `defaultSampleType` names the value. `durationNanos` is the length of the selection, `timeNanos` its start.
 * `type` is undefined when nothing was selected: the profile is then empty, with the sample type asked for.
 */
export function mergedProfile(
  stacks: readonly MergedStack[],
  type: ProfileType | undefined,
  selection: Selection,
  cover: Cover,
): Profile {
  const valueType = { type: type?.sampleType ?? selection.type.sampleType ?? '', unit: type?.sampleUnit ?? '' };
  const counted = type === undefined ? undefined : countType(type);
  const tables = internStacks(stacks);
  const { order, stackOf } = tables;
  const length = order.length;
  const counts = new Float64Array(length);
  const values = new Float64Array(length);
  stacks.forEach((stack, index) => {
    const row = stackOf[index] ?? 0;
    counts[row] = (counts[row] ?? 0) + stack.count;
    values[row] = (values[row] ?? 0) + stack.value;
  });
  const columns = counted === undefined ? [values] : [counts, values];
  return {
    sampleTypes: counted === undefined ? [valueType] : [counted, valueType],
    periodType: { type: type?.periodType ?? '', unit: type?.periodUnit ?? '' },
    period: 0,
    timeNanos: cover.windows === 0 ? 0n : BigInt(selection.from) * 1_000_000n,
    durationNanos: cover.windows === 0 ? 0n : BigInt(selection.to - selection.from) * 1_000_000n,
    strings: tables.strings,
    functions: tables.functions,
    locations: tables.locations,
    stacks: tables.stacks,
    samples: {
      length,
      stack: Uint32Array.from({ length }, (_, index) => index),
      labels: new Uint32Array(length),
      values: columns,
      wide: columns.map(() => new Map()),
    },
    labelSets: [[]],
    mappings: [],
    comments: [],
    defaultSampleType: valueType.type,
  };
}

/** Interns frames into sorted tables. `stackOf[i]` is the row of the i-th stack; equal stacks share one. */
function internStacks(stacks: readonly MergedStack[]) {
  const frames = new Map<string, Frame>();
  const functions = new Map<string, Frame>();
  const texts = new Set<string>(['']);
  for (const stack of stacks) {
    for (const frame of stack.frames) {
      const key = functionKey(frame);
      const full = `${key}\0${frame.line}`;
      if (frames.has(full)) continue;
      frames.set(full, frame);
      functions.set(key, frame);
      texts.add(frame.function).add(frame.file);
    }
  }
  const strings = [...texts].sort(compareText);
  const stringOf = new Map(strings.map((text, index) => [text, index]));
  const functionRows = [...functions.entries()].sort(([, a], [, b]) => compareFunctions(a, b));
  const functionOf = new Map(functionRows.map(([key], index) => [key, index]));
  const locationRows = [...frames.entries()].sort(([, a], [, b]) => compareFunctions(a, b) || a.line - b.line);
  const locationOf = new Map(locationRows.map(([key], index) => [key, index]));

  const paths = stacks.map((stack) =>
    stack.frames.map((frame) => locationOf.get(`${functionKey(frame)}\0${frame.line}`) ?? 0),
  );
  const sorted = paths.map((_, index) => index).sort((a, b) => comparePaths(paths[a] ?? [], paths[b] ?? []));
  const stackOf = new Uint32Array(stacks.length);
  const order: number[] = [];
  for (const index of sorted) {
    const last = order.at(-1);
    if (last === undefined || comparePaths(paths[last] ?? [], paths[index] ?? []) !== 0) order.push(index);
    stackOf[index] = order.length - 1;
  }
  const offsets = new Uint32Array(order.length + 1);
  order.forEach((index, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + (paths[index]?.length ?? 0);
  });
  const { length } = locationRows;
  return {
    order,
    stackOf,
    strings,
    functions: {
      length: functionRows.length,
      name: Uint32Array.from(functionRows, ([, frame]) => stringOf.get(frame.function) ?? 0),
      file: Uint32Array.from(functionRows, ([, frame]) => stringOf.get(frame.file) ?? 0),
      startLine: Uint32Array.from(functionRows, ([, frame]) => frame.startLine),
    },
    locations: {
      length,
      func: Int32Array.from(locationRows, ([, frame]) => functionOf.get(functionKey(frame)) ?? -1),
      line: Uint32Array.from(locationRows, ([, frame]) => frame.line),
      address: new BigUint64Array(length),
      mapping: new Int32Array(length).fill(-1),
    },
    stacks: {
      length: order.length,
      offsets,
      locations: Uint32Array.from(order.flatMap((index) => paths[index] ?? [])),
    },
  };
}

function functionKey(frame: Frame): string {
  return `${frame.function}\0${frame.file}\0${frame.startLine}`;
}

function compareFunctions(first: Frame, second: Frame): number {
  return (
    compareText(first.function, second.function) ||
    compareText(first.file, second.file) ||
    first.startLine - second.startLine
  );
}

function comparePaths(first: readonly number[], second: readonly number[]): number {
  const shared = Math.min(first.length, second.length);
  for (let index = 0; index < shared; index++) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}
