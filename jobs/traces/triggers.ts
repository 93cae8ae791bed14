import type { ArmRecord } from '@/lib/catalog/arms';
import type { ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { assertUnreachable, errorMessage } from '@/lib/errors';
import type { Profile } from '@/lib/profile/profile';
import { longestSeconds } from '@/lib/traces/target-port';
import { type UnixMs, unixMs } from '@/lib/units';
import { lockWaiters, type OneLock } from './lock-waiters';
import type { StallQuestions } from './stalls-of-target';

/** What a trigger sees and may do. */
export interface TriggerDeps {
  readonly target: TargetRecord;
  readonly arm: ArmRecord;
  /** The lock that it is armed for. */
  readonly lock: ArmedLock | undefined;
  /** How far the flight recorder looks back beside the scrape interval, in words; "" for the other triggers. */
  readonly lookBack: string;
  readonly stalls: StallQuestions;
  /** The goroutine profile of the target, now. */
  readonly goroutines: (signal: AbortSignal) => Promise<Profile>;
  readonly now: () => UnixMs;
  /** Records a trace because of `reason`; `seconds` undefined = what the flight recorder holds. Never rejects. */
  readonly fire: (reason: string, seconds: number | undefined) => Promise<void>;
}

export type ArmedLock = OneLock & { readonly name: string };

/** A trigger that looks out until it is stopped. */
export interface Trigger {
  doing(): string;
  lastError(): string | undefined;
  /** A scrape of the target ended. */
  scraped(outcome: ScrapeOutcome): Promise<void>;
  stop(): void;
}

const pollMs = 1_000;
const lookEveryMs = 10_000;

/** Starts what an arming asks for. */
export function startTrigger(deps: TriggerDeps): Trigger {
  switch (deps.arm.trigger) {
    case 'recorder':
      return afterScrapes(deps);
    case 'goroutines':
      return pollGoroutines(deps);
    case 'periodic':
      return beforeNextStall(deps);
    default:
      return assertUnreachable(deps.arm.trigger);
  }
}

/** Fetches what the flight recorder holds when a scrape tells of a stall: it is over then, and in the recorder still. */
function afterScrapes({ target, arm, lock, lookBack, stalls, fire }: TriggerDeps): Trigger {
  let lastError: string | undefined;
  return {
    doing: () => `looks at each scrape${lock === undefined ? '' : ` for ${lock.name}`}; ${lookBack}`,
    lastError: () => lastError,
    async scraped({ at, facts }) {
      const windowMs = facts.find(({ profile, ok }) => profile === 'block' && ok)?.windowMs;
      if (windowMs === undefined) return;
      try {
        const reason = await stalls.stalled(target, { from: unixMs(at - windowMs), to: at }, arm);
        lastError = undefined;
        if (reason !== undefined) await fire(reason, undefined);
      } catch (error) {
        lastError = errorMessage(error);
      }
    },
    stop: () => {},
  };
}

/** Counts goroutines in lock waits every second: a stall is seen while it lasts. */
function pollGoroutines({ arm, lock, goroutines, fire }: TriggerDeps): Trigger {
  const { threshold = 0, seconds } = arm;
  const whatFor = lock?.name ?? 'locks';
  let seen: number | undefined;
  const loop = repeat(pollMs, async (signal) => {
    const waiting = lockWaiters(await goroutines(signal), lock);
    seen = waiting;
    if (waiting >= threshold)
      await fire(`${waiting} goroutines waited for ${whatFor}, at least ${threshold} were asked for`, seconds);
    return pollMs;
  });
  return {
    doing: () =>
      `counts goroutines that wait for ${whatFor} every second${seen === undefined ? '' : `: ${seen} the last time`}`,
    lastError: loop.lastError,
    scraped: async () => {},
    stop: loop.stop,
  };
}

/** Starts a trace shortly before the next stall of a lock that stalls at a beat. */
function beforeNextStall({ target, arm, stalls, fire, now }: TriggerDeps): Trigger {
  let doing = 'looks for a lock that stalls at a beat';
  const loop = repeat(0, async () => {
    const next = await stalls.expected(target, arm.lockId, now());
    if (next === undefined) {
      doing = 'no lock stalls at a beat so far: four stalls at about equal distances are needed';
      return lookEveryMs;
    }
    // A window tells of a stall when it ends: it began about one wait earlier.
    const leadMs = Math.min(1_000 * (1 + next.meanWaitSeconds) + next.errorMs, longestSeconds * 500);
    const startAt = next.at - leadMs;
    const every = `${next.lockName} stalls about every ${Math.round(next.everySeconds)} s`;
    doing = `${every}; the next stall is expected at ${new Date(next.at).toISOString().slice(11, 19)} UTC`;
    if (startAt - now() > lookEveryMs) return Math.min(lookEveryMs, startAt - now() - lookEveryMs / 2);
    if (startAt > now()) return Math.max(1, startAt - now());
    const uncertainMs = next.stepMs + target.everyMs + next.errorMs;
    const seconds = Math.min(longestSeconds, Math.max(arm.seconds, Math.ceil((leadMs + uncertainMs) / 1_000) + 1));
    await fire(`${every}; the next one was expected within ${seconds} s`, seconds);
    return lookEveryMs;
  });
  return { doing: () => doing, lastError: loop.lastError, scraped: async () => {}, stop: loop.stop };
}

/** Does `work` again and again, with the pause in ms that it gives back; a failure is remembered and tried again. */
function repeat(firstMs: number, work: (signal: AbortSignal) => Promise<number>) {
  const stopping = new AbortController();
  let lastError: string | undefined;
  let timer: NodeJS.Timeout;
  const schedule = (pauseMs: number) => {
    if (!stopping.signal.aborted) timer = setTimeout(run, pauseMs);
  };
  async function run(): Promise<void> {
    try {
      const pauseMs = await work(stopping.signal);
      lastError = undefined;
      schedule(pauseMs);
    } catch (error) {
      lastError = errorMessage(error);
      schedule(lookEveryMs / 2);
    }
  }
  schedule(firstMs);
  return {
    lastError: () => lastError,
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}
