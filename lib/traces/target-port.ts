import type { ArmRecord, ArmTrigger } from '@/lib/catalog/arms';
import type { CaptureRecord } from '@/lib/catalog/captures';

/** Longest trace that is recorded from a target, s. */
export const longestSeconds = 30;
export const usualSeconds = 5;

/** What a target is to wait for. */
export interface NewArm {
  readonly trigger: ArmTrigger;
  /** Goroutines waiting for a lock; the usual number of the trigger when undefined. */
  readonly threshold: number | undefined;
  /** Look at this lock alone: with `recorder` and no threshold, its stall rule; with `periodic`, whose period it is. */
  readonly lockId: string | undefined;
  readonly seconds: number;
  readonly most: number;
  /** How long; the configured time when undefined. */
  readonly forMs: number | undefined;
}

export interface ArmState extends ArmRecord {
  /** What it does now, for people: `the next stall is expected at 01:40:10`. */
  readonly doing: string;
  /** Why it could not look or record the last time. */
  readonly lastError: string | undefined;
}

/**
 * Traces of scrape targets. Rejects with `trace.no-target` for an unknown id, and for a recording `trace.busy` (one is
 * under way), `trace.pause` (too soon after the last), `trace.conflict` (something else traces the service), `scrape.address`,
 * `scrape.unreachable`, `scrape.status`, `scrape.timeout`, and what `StoreTrace` throws.
 */
export interface TargetTraces {
  /** Records `seconds` of a target; resolves when the trace is stored. */
  record(targetId: string, seconds: number): Promise<{ readonly capture: CaptureRecord; readonly created: boolean }>;
  /** True while one is recorded. */
  isRecording(targetId: string): boolean;
  /**
   * Arms a target, in place of an earlier arming. With `recorder` the service is asked for a snapshot at once, and what
   * that rejects with ends it.
   */
  arm(targetId: string, arm: NewArm): Promise<ArmState>;
  /** False when it was not armed. */
  disarm(targetId: string): Promise<boolean>;
  armed(targetId: string): ArmState | undefined;
}
