import { laneStates } from '@/lib/locktrace/lane-state';
import { noLane } from './row-kinds';
import { TimeOrder } from './time-order';

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
 * O(rows), but for changes that come out of order of time.
 */
export function stateChanges(
  rows: { readonly lanes: Uint8Array; readonly ticks: Uint32Array; readonly goroutine: Uint32Array },
  isRuntime: Uint8Array,
): StateChanges {
  const lane = new Uint8Array(isRuntime.length).fill(noLane);
  const changes = new TimeOrder(rows.lanes.length);
  for (let row = 0; row < rows.lanes.length; row += 1) {
    const g = rows.goroutine[row] ?? 0;
    const to = rows.lanes[row] ?? noLane;
    const from = lane[g] ?? noLane;
    if (from === to || isRuntime[g] === 1) continue;
    lane[g] = to;
    changes.add(rows.ticks[row] ?? 0, from * 16 + to);
  }
  const { ticks, step } = changes.sorted();
  return { step, ...deltasOf(ticks), ...checkpoints(ticks, step) };
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
    covered[from] = (covered[from] ?? 0) + (now[from] ?? 0) * (at - (since[from] ?? 0));
    covered[to] = (covered[to] ?? 0) + (now[to] ?? 0) * (at - (since[to] ?? 0));
    since[from] = at;
    since[to] = at;
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
  let bytes = 0;
  for (let index = 0; index < ticks.length; index += 1) bytes += bytesOf(deltaOf(ticks, index));
  const deltas = new Uint8Array(bytes);
  let at = 0;
  for (let index = 0; index < ticks.length; index += 1) {
    if (index % changesPerBlock === 0) {
      firstTick[index / changesPerBlock] = ticks[index] ?? 0;
      offset[index / changesPerBlock] = at;
    }
    let rest = deltaOf(ticks, index);
    for (; rest > 127; rest >>>= 7, at += 1) deltas[at] = (rest & 127) + 128;
    deltas[at] = rest;
    at += 1;
  }
  return { deltas, firstTick, offset };
}

function deltaOf(ticks: Uint32Array, index: number): number {
  return index % changesPerBlock === 0 ? 0 : (ticks[index] ?? 0) - (ticks[index - 1] ?? 0);
}

/** At 7 bits a byte. */
function bytesOf(delta: number): number {
  if (delta < 0x80) return 1;
  if (delta < 0x4000) return 2;
  if (delta < 0x20_0000) return 3;
  return delta < 0x1000_0000 ? 4 : 5;
}
