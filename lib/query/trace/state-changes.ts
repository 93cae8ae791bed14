import { laneStates } from '@/lib/locktrace/lane-state';
import { noLane } from './row-kinds';

/** Changes between two checkpoints. */
export const changesPerBlock = 256;
const states = laneStates.length;

/** Changes of state of the program's goroutines in order of time, with checkpoints. */
export interface StateChanges {
  /** State before * 16 + state after; `noLane` for a goroutine that is not there. */
  readonly step: Uint8Array;
  /** Ticks since the change before, 7 bits a byte, the least first; 0 for the first of a block. */
  readonly deltas: Uint8Array;
  /** Per block: the tick of its first change, and where its deltas begin. */
  readonly firstTick: Uint32Array;
  readonly offset: Uint32Array;
  /** Per block and state: goroutines before the block, ... */
  readonly count: Int32Array;
  /** ... the largest number after any of its changes, ... */
  readonly most: Int32Array;
  /** ... and goroutine ticks from the start of the trace to its first change. */
  readonly area: Float64Array;
}

/**
 * The changes of a log: `lanes`, `ticks` and `goroutine` by row in causal order. `isRuntime[g]` leaves a goroutine out.
 * O(rows).
 */
export function stateChanges(
  rows: { readonly lanes: Uint8Array; readonly ticks: Uint32Array; readonly goroutine: Uint32Array },
  isRuntime: Uint8Array,
): StateChanges {
  const lane = new Uint8Array(isRuntime.length).fill(noLane);
  const ticks = new Uint32Array(rows.lanes.length);
  const step = new Uint8Array(rows.lanes.length);
  let count = 0;
  for (let row = 0; row < rows.lanes.length; row += 1) {
    const g = rows.goroutine[row] ?? 0;
    const to = rows.lanes[row] ?? noLane;
    const from = lane[g] ?? noLane;
    if (from === to || isRuntime[g] === 1) continue;
    lane[g] = to;
    ticks[count] = rows.ticks[row] ?? 0;
    step[count] = from * 16 + to;
    count += 1;
  }
  const order = orderOf(ticks.subarray(0, count));
  const sorted = { ticks: new Uint32Array(count), step: new Uint8Array(count) };
  for (let index = 0; index < count; index += 1) {
    const change = order[index] ?? 0;
    sorted.ticks[index] = ticks[change] ?? 0;
    sorted.step[index] = step[change] ?? 0;
  }
  return { step: sorted.step, ...deltasOf(sorted.ticks), ...checkpoints(sorted.ticks, sorted.step) };
}

function checkpoints(ticks: Uint32Array, step: Uint8Array): Pick<StateChanges, 'count' | 'most' | 'area'> {
  const blocks = Math.ceil(ticks.length / changesPerBlock);
  const count = new Int32Array(blocks * states);
  const most = new Int32Array(blocks * states);
  const area = new Float64Array(blocks * states);
  const now = new Int32Array(states + 1);
  const covered = new Float64Array(states + 1);
  const since = new Uint32Array(states + 1);
  for (let index = 0; index < ticks.length; index += 1) {
    const at = ticks[index] ?? 0;
    const block = Math.floor(index / changesPerBlock) * states;
    if (index % changesPerBlock === 0) {
      for (let state = 0; state < states; state += 1) {
        count[block + state] = now[state] ?? 0;
        area[block + state] = (covered[state] ?? 0) + (now[state] ?? 0) * (at - (since[state] ?? 0));
      }
    }
    const from = (step[index] ?? 0) >> 4;
    const to = (step[index] ?? 0) & 15;
    for (const state of [from, to]) {
      covered[state] = (covered[state] ?? 0) + (now[state] ?? 0) * (at - (since[state] ?? 0));
      since[state] = at;
    }
    now[from] = (now[from] ?? 0) - 1;
    now[to] = (now[to] ?? 0) + 1;
    if (to < states) most[block + to] = Math.max(most[block + to] ?? 0, now[to] ?? 0);
  }
  return { count, most, area };
}

function deltasOf(ticks: Uint32Array): Pick<StateChanges, 'deltas' | 'firstTick' | 'offset'> {
  const blocks = Math.ceil(ticks.length / changesPerBlock);
  const firstTick = new Uint32Array(blocks);
  const offset = new Uint32Array(blocks);
  const delta = (index: number) => (index % changesPerBlock === 0 ? 0 : (ticks[index] ?? 0) - (ticks[index - 1] ?? 0));
  let bytes = 0;
  for (let index = 0; index < ticks.length; index += 1)
    for (let rest = delta(index), more = true; more; rest = Math.floor(rest / 128), bytes += 1) more = rest > 127;
  const deltas = new Uint8Array(bytes);
  let at = 0;
  for (let index = 0; index < ticks.length; index += 1) {
    if (index % changesPerBlock === 0) {
      firstTick[index / changesPerBlock] = ticks[index] ?? 0;
      offset[index / changesPerBlock] = at;
    }
    let rest = delta(index);
    for (; rest > 127; rest = Math.floor(rest / 128), at += 1) deltas[at] = (rest % 128) + 128;
    deltas[at] = rest;
    at += 1;
  }
  return { deltas, firstTick, offset };
}

/** A stable order by ascending value: two passes over 16 bits each. */
function orderOf(values: Uint32Array): Uint32Array {
  let order = Uint32Array.from(values, (_, index) => index);
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(0x1_0001);
    for (const value of values) {
      const digit = ((value >>> shift) & 0xffff) + 1;
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    for (let digit = 0; digit < 0x1_0000; digit += 1)
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    const next = new Uint32Array(values.length);
    for (const index of order) {
      const digit = ((values[index] ?? 0) >>> shift) & 0xffff;
      const at = starts[digit] ?? 0;
      next[at] = index;
      starts[digit] = at + 1;
    }
    order = next;
  }
  return order;
}
