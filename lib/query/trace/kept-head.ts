import type { Site } from '@/lib/contention/lock';
import type { Loss, TraceClock, TraceFormat } from '@/lib/gotrace/trace';
import type { Convoy, GcShare, LockTrace, TracedLock } from '@/lib/locktrace/lock-trace';
import type { Packing } from './packed-columns';

/** Raised when the layout of the kept file changes; `analysisVersion` when the same trace would give other numbers. */
export const layoutVersion = 3;

/** The part of a kept analysis that is text. */
export interface KeptHead {
  readonly format: TraceFormat;
  readonly clock: Omit<TraceClock, 'startUnixMs'> & { readonly startUnixMs: number | null };
  readonly durationNs: number;
  readonly events: number;
  readonly generations: number;
  readonly tickNs: number;
  readonly strings: readonly string[];
  /** By name of the column. */
  readonly packed: Readonly<Record<string, Packing>>;
  readonly locks: readonly TracedLock[];
  readonly sites: readonly Site[];
  readonly convoys: readonly Convoy[];
  readonly convoysLeftOut: number;
  readonly gc: GcShare;
  readonly notes: LockTrace['notes'];
  readonly lost: readonly (Omit<Loss, 'generation'> & { readonly generation: number | null })[];
}
