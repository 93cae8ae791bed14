import type { TargetEvent } from '@/lib/catalog/port';
import type { UnixMs } from '@/lib/units';

/** The part of the catalogue port that remembers which targets wait for a stall, so that a restart keeps them. */
export interface ArmCatalog {
  /** By target. */
  listArms(): Promise<readonly ArmRecord[]>;
  /** Keeps a target's arming, in place of an earlier one. */
  putArm(arm: ArmRecord): Promise<void>;
  /** False when there was none. */
  removeArm(targetId: string): Promise<boolean>;
  /** Adds to a target's events; the newest 100 are kept. */
  addTargetEvents(targetId: string, events: readonly TargetEvent[]): Promise<void>;
}

export type ArmTrigger = 'recorder' | 'goroutines' | 'periodic';

export interface ArmRecord {
  readonly targetId: string;
  readonly trigger: ArmTrigger;
  /** Goroutines waiting for a lock; undefined = the stall rule of `lockId` (recorder), or nothing to compare (periodic). */
  readonly threshold: number | undefined;
  readonly lockId: string | undefined;
  /** Length of the trace that is recorded; a flight recorder gives what it has. */
  readonly seconds: number;
  /** Captures after which it is over. */
  readonly most: number;
  readonly fired: number;
  readonly armedAt: UnixMs;
  readonly expiresAt: UnixMs;
}
