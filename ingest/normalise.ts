import type { Role } from '@/lib/contention/kind';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Labels } from '@/lib/selection/selection';
import type { Window } from '@/lib/store/port';
import type { ColumnPlan } from './columns';
import type { KnownStack, StackCache } from './stack-cache';
import type { StoredProfile } from './store-profile';
import type { WindowTime } from './window-time';

/** What was merged away, cut or set to 0 on the way into the store, in numbers. */
export interface LeftOut {
  /** Samples whose own labels (goroutine labels, span ids) were merged away. */
  readonly sampleLabels: number;
  /** Stacks beyond the limit, the smallest values first, stored as one, and what they add up to in the window's unit. */
  readonly stacks: number;
  readonly stackValue: number;
  /** Samples whose outer frames were cut. */
  readonly deepStacks: number;
  /** Negative sums set to 0. */
  readonly negative: number;
}

export interface NormaliseContext {
  /** Profile name: block, mutex, process_cpu, … */
  readonly kind: string;
  readonly labels: Labels;
  readonly time: WindowTime;
  readonly plans: readonly ColumnPlan[];
  /** Stacks kept of one window. */
  readonly maxStacks: number;
}

export interface NormalisedProfile extends StoredProfile {
  readonly leftOut: LeftOut;
}

interface Rows {
  readonly stacks: readonly KnownStack[];
  /** Per needed column of the profile: sums aligned with `stacks`. */
  readonly sums: ReadonlyMap<number, Float64Array>;
  readonly sampleLabels: number;
  readonly deepStacks: number;
}

let profileNumber = 0;

/**
 * The windows a decoded profile is stored as, with the definitions of stacks the store was not sent yet.
 * Samples of one stack are added up, whatever their labels and addresses; durations become ns; rows without value and
 * count are dropped (they say nothing); rows beyond `maxStacks`, the smallest values first, become one; a window without rows stays: "profiled, and nothing waited".
 * Windows have their stacks in ascending order and integers >= 0, as the port wants them.
 */
export function normaliseProfile(
  profile: WireProfile,
  context: NormaliseContext,
  cache: StackCache,
): NormalisedProfile {
  const { plans } = context;
  const rows = collectRows(profile, plans, cache);
  const { sampleLabels, deepStacks } = rows;
  const leftOut = { sampleLabels, stacks: 0, stackValue: 0, deepStacks, negative: 0 };
  const used = new Set<KnownStack>();
  const windows = plans.map((plan) => makeWindow(plan, rows, context, cache.overLimit, used, leftOut));
  const { stacks, sites } = cache.define(used, roleOf(context.kind));
  return { windows, stacks, sites, leftOut };
}

/** What a stack of this kind of profile says about a lock. */
function roleOf(kind: string): Role {
  if (kind === 'block') return 'wait';
  return kind === 'mutex' ? 'hold' : 'other';
}

function collectRows(profile: WireProfile, plans: readonly ColumnPlan[], cache: StackCache): Rows {
  const { samples } = profile;
  const mark = ++profileNumber;
  const columns = [...new Set(plans.flatMap(({ value, count }) => (count < 0 ? [value] : [value, count])))];
  const sums = new Map(columns.map((column) => [column, new Float64Array(samples.length)]));
  const stacks: KnownStack[] = [];
  const rowOf = new Uint32Array(samples.length);
  const read = cache.stacksOf(profile);
  for (const [sample, stack] of read.stacks.entries()) {
    if (stack.profile !== mark) {
      stack.profile = mark;
      stack.row = stacks.length;
      stacks.push(stack);
    }
    rowOf[sample] = stack.row;
  }
  for (const [column, sum] of sums) {
    const values = profile.samples.values[column];
    for (let sample = 0; sample < rowOf.length; sample++) {
      const row = rowOf[sample] ?? 0;
      sum[row] = (sum[row] ?? 0) + (values?.[sample] ?? 0);
    }
  }
  return { stacks, sums, sampleLabels: labelledSamples(samples.labelOffsets), deepStacks: read.cut };
}

function labelledSamples(offsets: Uint32Array): number {
  let labelled = 0;
  for (let sample = 0; sample + 1 < offsets.length; sample++) {
    if ((offsets[sample + 1] ?? 0) > (offsets[sample] ?? 0)) labelled++;
  }
  return labelled;
}

function makeWindow(
  plan: ColumnPlan,
  rows: Rows,
  context: NormaliseContext,
  overLimit: KnownStack,
  used: Set<KnownStack>,
  leftOut: { stacks: number; stackValue: number; negative: number },
): Window {
  const valueSums = rows.sums.get(plan.value);
  const countSums = rows.sums.get(plan.count);

  function integer(sum: number, scale: number): number {
    if (sum >= 0) return Math.round(sum * scale);
    leftOut.negative++;
    return 0;
  }

  let kept: { readonly stack: KnownStack; readonly value: number; readonly count: number }[] = [];
  for (const [row, stack] of rows.stacks.entries()) {
    const value = integer(valueSums?.[row] ?? 0, plan.scale);
    const count = integer(countSums?.[row] ?? 0, 1);
    if (value > 0 || count > 0) kept.push({ stack, value, count });
  }
  if (kept.length > context.maxStacks) {
    kept.sort((a, b) => b.value - a.value || b.count - a.count);
    const rest = { stack: overLimit, value: 0, count: 0 };
    for (const { value, count } of kept.slice(context.maxStacks)) {
      leftOut.stacks++;
      leftOut.stackValue += value;
      rest.value += value;
      rest.count += count;
    }
    kept = [...kept.slice(0, context.maxStacks), rest];
  }
  kept.sort((a, b) => a.stack.high - b.stack.high || a.stack.low - b.stack.low);
  const window = {
    series: { type: plan.type, labels: context.labels },
    start: context.time.start,
    wallMs: context.time.wallMs,
    kind: plan.kind,
    stacks: new BigUint64Array(kept.length),
    counts: new Float64Array(kept.length),
    values: new Float64Array(kept.length),
  };
  for (const [at, { stack, value, count }] of kept.entries()) {
    window.stacks[at] = stack.hashed.id;
    window.values[at] = value;
    window.counts[at] = count;
    used.add(stack);
  }
  return window;
}
