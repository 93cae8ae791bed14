import type { ArmRecord } from '@/lib/catalog/arms';
import type { Catalog, ScrapeOutcome, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { errorMessage } from '@/lib/errors';
import type { Profile } from '@/lib/profile/profile';
import type { ArmState } from '@/lib/traces/target-port';
import type { UnixMs } from '@/lib/units';
import { lookBackText } from './look-back';
import type { Recorder } from './recorder';
import type { StallQuestions } from './stalls-of-target';
import { type ArmedLock, startTrigger } from './triggers';

export interface ArmedDeps {
  readonly catalog: Pick<Catalog, 'getTarget' | 'listArms' | 'putArm' | 'removeArm' | 'addTargetEvents'>;
  readonly recorder: Recorder;
  readonly stalls: StallQuestions;
  readonly goroutines: (target: TargetRecord, signal: AbortSignal) => Promise<Profile>;
  /** How long a target stays armed when nobody says. */
  readonly armedMs: number;
  readonly now: () => UnixMs;
}

/** What a target waits for, with what was asked when it began. */
export interface Arming {
  readonly arm: ArmRecord;
  readonly target: TargetRecord;
  readonly lock: ArmedLock | undefined;
  /** Of the flight recorder, ms; undefined = the service does not tell. */
  readonly lookBackMs: number | undefined;
}

/** One target that waits for a stall, from arming until it fired often enough, its time is over, or it is ended. */
export interface ArmedTarget {
  state(): ArmState;
  /** A scrape of the target ended. */
  scraped(outcome: ScrapeOutcome): Promise<void> | undefined;
  /** Ends it and forgets the arming, with an event that says why. */
  over(why: string): Promise<void>;
  /** Ends it; what was armed is kept for a restart. */
  end(): void;
}

/** After a recording that failed, ms: a service that refused is not asked every second. */
const retryMs = 10_000;

/** Starts the trigger and the clock of an arming; `onEnd` is called once, when it ends, for whatever reason. */
export function startArmed(deps: ArmedDeps, { arm: begun, target, lock, lookBackMs }: Arming, onEnd: () => void) {
  const { catalog, recorder, stalls, goroutines, now } = deps;
  const { targetId } = begun;
  const lookBack = begun.trigger === 'recorder' ? lookBackText(lookBackMs, target.everyMs) : '';
  let arm = begun;
  let ended = false;
  let waitUntil = 0;
  let lastError: string | undefined;

  const note = (kind: TargetEvent['kind'], detail: string) =>
    catalog.addTargetEvents(targetId, [{ at: now(), kind, detail }]);

  async function fire(reason: string, seconds: number | undefined): Promise<void> {
    if (ended || now() < waitUntil) return;
    if (recorder.isRecording(targetId) || recorder.pauseMs(targetId) > 0) return;
    const whose = lock === undefined ? '' : ` for the lock ${lock.name}`;
    const how = lookBack === '' ? '' : `; ${lookBack}`;
    try {
      const { capture } = await recorder.record(target, {
        seconds,
        source: 'armed',
        reason: `armed (${arm.trigger})${whose}: ${reason}${how}`,
        lockId: arm.lockId,
      });
      lastError = undefined;
      arm = { ...arm, fired: arm.fired + 1 };
      await note('fired', `${arm.trigger}: ${reason}: /traces/${capture.id}`);
      if (ended) return;
      if (arm.fired < arm.most) await catalog.putArm(arm);
      else await over('it fired');
    } catch (error) {
      if (ended) return; // switched off meanwhile, or the server stops
      waitUntil = now() + Math.max(retryMs, recorder.pauseMs(targetId));
      const message = errorMessage(error);
      if (message !== lastError) await note('error', `${arm.trigger}: ${reason}, but ${message}`);
      lastError = message;
    }
  }

  function end(): void {
    if (ended) return;
    ended = true;
    trigger.stop();
    clearTimeout(expiry);
    onEnd();
  }

  async function over(why: string): Promise<void> {
    end();
    await catalog.removeArm(targetId);
    await note('disarmed', `${why}; ${arm.fired} of ${arm.most} traces were recorded`);
  }

  const trigger = startTrigger({
    ...{ target, arm, lock, lookBack, stalls, now, fire },
    goroutines: (signal) => goroutines(target, signal),
  });
  const expiry = setTimeout(() => beside(over('the time is over')), Math.max(0, arm.expiresAt - now())).unref();

  const armed: ArmedTarget = {
    state: () => ({ ...arm, doing: trigger.doing(), lastError: lastError ?? trigger.lastError() }),
    scraped: trigger.scraped,
    over,
    end,
  };
  return armed;
}

/** Nobody waits for it: a failure, of the catalogue say, is printed. */
export function beside(work: Promise<unknown> | undefined): void {
  work?.catch((error: unknown) => console.error(`armed targets: ${errorMessage(error)}`));
}
