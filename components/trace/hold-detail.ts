import type { HoldPart, TileHold, TileWait, TraceFrame } from '@/lib/query/trace/result';

/** One hold in full: where it was taken and let go, what its holder did meanwhile, and whom its end woke. */
export interface HoldDetail extends TileHold {
  readonly lockId: string;
  readonly lockName: string;
  /** The function that the holder runs; "" when no stack told it. */
  readonly name: string;
  /** Where the holder let go, one frame when it ended no wait; undefined when no release is in the trace. */
  readonly releaseStack: readonly TraceFrame[] | undefined;
  /**
   * The holder's own wait that ended with this hold, and where it stood; undefined when it took the lock without waiting,
   * which leaves no event, or before the trace.
   */
  readonly acquired: { readonly wait: TileWait; readonly stack: readonly TraceFrame[] } | undefined;
  /** What the holder did in the certain part of the hold, by time falling. */
  readonly parts: readonly HoldPart[];
  /** Waits that its end ended, first woken first, at most 20. Of `woke`, those that had to wait again are not here. */
  readonly woken: readonly TileWait[];
}

/** A hold by who held and when it ended, ns since the start of the trace, as it stands in an address: `21-90155328`. */
export interface HoldName {
  readonly goroutine: number;
  readonly endNs: number;
}

export const holdParam = ({ goroutine, endNs }: HoldName): string => `${goroutine}-${Math.floor(endNs)}`;

/** Undefined for what names no hold. */
export function readHoldName(text: string): HoldName | undefined {
  const [, goroutine, endNs] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return goroutine === undefined || endNs === undefined
    ? undefined
    : { goroutine: Number(goroutine), endNs: Number(endNs) };
}
