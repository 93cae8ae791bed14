import type { Hold } from './holders';
import type { Holds } from './lock-trace';

/** Holds as columns, in their order. */
export function holdColumns(found: readonly Hold[]): Holds {
  const count = found.length;
  const holds: Holds = {
    count,
    lock: new Uint32Array(count),
    site: new Uint32Array(count),
    goroutine: new Uint32Array(count),
    stack: new Uint32Array(count),
    mode: new Uint8Array(count),
    start: new Uint8Array(count),
    startNs: new Float64Array(count),
    certainNs: new Float64Array(count),
    endNs: new Float64Array(count),
    woke: new Uint32Array(count),
    waitReleasedNs: new Float64Array(count),
  };
  for (const [row, hold] of found.entries()) {
    holds.lock[row] = hold.lock;
    holds.site[row] = hold.site;
    holds.goroutine[row] = hold.goroutine;
    holds.stack[row] = hold.stack;
    holds.mode[row] = hold.mode;
    holds.start[row] = hold.start;
    holds.startNs[row] = hold.startNs;
    holds.certainNs[row] = hold.certainNs;
    holds.endNs[row] = hold.endNs;
    holds.woke[row] = hold.woken.length;
    holds.waitReleasedNs[row] = hold.waitReleasedNs;
  }
  return holds;
}
