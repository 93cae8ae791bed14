import type { Job } from '@/jobs/job';
import type { ArmRecord } from '@/lib/catalog/arms';
import type { Catalog, ScrapeOutcome, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { errorMessage, LockscopeError } from '@/lib/errors';
import type { Profile } from '@/lib/profile/profile';
import { formatInstant } from '@/lib/time-format';
import type { ArmState, TargetTraces } from '@/lib/traces/target-port';
import { type UnixMs, unixMs } from '@/lib/units';
import type { Recorder } from './recorder';
import type { StallQuestions } from './stalls-of-target';
import { startTrigger, type Trigger } from './triggers';

export interface ArmedDeps {
  readonly catalog: Pick<Catalog, 'getTarget' | 'listArms' | 'putArm' | 'removeArm' | 'addTargetEvents'>;
  readonly recorder: Recorder;
  readonly stalls: StallQuestions;
  readonly goroutines: (target: TargetRecord, signal: AbortSignal) => Promise<Profile>;
  /** How long a target stays armed when nobody says. */
  readonly armedMs: number;
  readonly now: () => UnixMs;
}

/** Traces of targets, on demand and armed; as a job it takes up what was armed before a restart. */
export interface ArmedTargets extends TargetTraces, Job {
  /** To be told of each scrape; what follows from it happens beside. */
  scraped(targetId: string, outcome: ScrapeOutcome): void;
  /** Targets changed: those that are gone or switched off are armed no more. */
  targetsChanged(): void;
}

/** Goroutines in lock waits, when nobody says: above what a busy service shows at any moment. */
const usualThreshold = 50;
/** Goroutines waiting on average over a whole window, when nobody says. */
const usualWindowThreshold = 5;

interface Armed {
  arm: ArmRecord;
  readonly target: TargetRecord;
  trigger: Trigger | undefined;
  expiry: NodeJS.Timeout | undefined;
  /** Nothing is recorded before it, ms since 1970: a service that refused is not asked every second. */
  waitUntil: number;
  lastError: string | undefined;
}

export function armedTargets(deps: ArmedDeps): ArmedTargets {
  const { catalog, recorder, stalls, goroutines, armedMs, now } = deps;
  const armed = new Map<string, Armed>();
  let running = false;

  const note = (id: string, kind: TargetEvent['kind'], detail: string) =>
    catalog.addTargetEvents(id, [{ at: now(), kind, detail }]);

  async function targetOf(id: string): Promise<TargetRecord> {
    const target = await catalog.getTarget(id);
    if (target !== undefined) return target;
    throw new LockscopeError('trace.no-target', `there is no target ${id}`, { place: 'path id' });
  }

  function begin(arm: ArmRecord, target: TargetRecord): Armed {
    const one: Armed = { arm, target, trigger: undefined, expiry: undefined, waitUntil: 0, lastError: undefined };
    armed.set(arm.targetId, one);
    one.trigger = startTrigger({
      target,
      arm,
      stalls,
      now,
      goroutines: (signal) => goroutines(target, signal),
      fire: (reason, seconds) => fire(one, reason, seconds),
    });
    const left = Math.max(0, arm.expiresAt - now());
    one.expiry = setTimeout(() => beside(over(one, 'the time is over')), left).unref();
    return one;
  }

  function end(one: Armed): void {
    one.trigger?.stop();
    clearTimeout(one.expiry);
    if (armed.get(one.arm.targetId) === one) armed.delete(one.arm.targetId);
  }

  async function over(one: Armed, why: string): Promise<void> {
    end(one);
    await catalog.removeArm(one.arm.targetId);
    await note(one.arm.targetId, 'disarmed', `${why}; ${one.arm.fired} of ${one.arm.most} traces were recorded`);
  }

  async function fire(one: Armed, reason: string, seconds: number | undefined): Promise<void> {
    const { targetId } = one.arm;
    if (armed.get(targetId) !== one || now() < one.waitUntil) return;
    if (recorder.isRecording(targetId) || recorder.pauseMs(targetId) > 0) return;
    try {
      const { capture } = await recorder.record(one.target, {
        seconds,
        source: 'armed',
        reason: `armed (${one.arm.trigger}): ${reason}`,
      });
      one.lastError = undefined;
      one.arm = { ...one.arm, fired: one.arm.fired + 1 };
      await note(targetId, 'fired', `${one.arm.trigger}: ${reason}: /traces/${capture.id}`);
      if (armed.get(targetId) !== one) return;
      if (one.arm.fired < one.arm.most) await catalog.putArm(one.arm);
      else await over(one, 'it fired');
    } catch (error) {
      if (armed.get(targetId) !== one) return; // switched off meanwhile, or the server stops
      one.waitUntil = now() + Math.max(10_000, recorder.pauseMs(targetId));
      const message = errorMessage(error);
      if (message !== one.lastError) await note(targetId, 'error', `${one.arm.trigger}: ${reason}, but ${message}`);
      one.lastError = message;
    }
  }

  async function follow(one: Armed): Promise<void> {
    const target = await catalog.getTarget(one.arm.targetId);
    if (target === undefined) end(one);
    else if (!target.enabled && one.arm.trigger !== 'goroutines') await over(one, 'the target is scraped no more');
  }

  function stateOf({ arm, trigger, lastError }: Armed): ArmState {
    return { ...arm, doing: trigger?.doing() ?? '', lastError: lastError ?? trigger?.lastError() };
  }

  async function takeUp(): Promise<void> {
    for (const arm of await catalog.listArms()) {
      const target = await catalog.getTarget(arm.targetId);
      if (target === undefined || armed.has(arm.targetId)) continue;
      if (arm.expiresAt > now()) begin(arm, target);
      else {
        await catalog.removeArm(arm.targetId);
        await note(arm.targetId, 'disarmed', 'the time was over while the server was stopped');
      }
    }
  }

  return {
    name: 'armed-targets',
    async record(targetId, seconds) {
      const target = await targetOf(targetId);
      const reason = `asked for: ${seconds} s of ${target.service}`;
      const recorded = await recorder.record(target, { seconds, source: 'target', reason });
      await note(targetId, 'trace', `${seconds} s recorded: /traces/${recorded.capture.id}`);
      return recorded;
    },
    isRecording: recorder.isRecording,
    async arm(targetId, { trigger, threshold, lockId, seconds, most, forMs }) {
      const target = await targetOf(targetId);
      if (trigger === 'recorder') await recorder.probe(target);
      const before = armed.get(targetId);
      if (before !== undefined) end(before);
      const at = now();
      const arm: ArmRecord = {
        ...{ targetId, trigger, lockId, seconds, most, fired: 0, armedAt: at },
        threshold: threshold ?? usualOf(trigger, lockId),
        expiresAt: unixMs(at + (forMs ?? armedMs)),
      };
      await catalog.putArm(arm);
      const one = begin(arm, target);
      await note(targetId, 'armed', `${trigger}${words(arm)}, until ${formatInstant(arm.expiresAt)}`);
      return stateOf(one);
    },
    async disarm(targetId) {
      const one = armed.get(targetId);
      if (one === undefined) return catalog.removeArm(targetId);
      await over(one, 'switched off');
      return true;
    },
    armed(targetId) {
      const one = armed.get(targetId);
      return one === undefined ? undefined : stateOf(one);
    },
    scraped(targetId, outcome) {
      beside(armed.get(targetId)?.trigger?.scraped(outcome));
    },
    targetsChanged() {
      beside(Promise.all([...armed.values()].map(follow)));
    },
    start() {
      if (running) return;
      running = true;
      beside(takeUp());
    },
    async stop() {
      running = false;
      recorder.close();
      for (const one of [...armed.values()]) end(one);
    },
  };
}

/** Nobody waits for it: a failure, of the catalogue say, is printed. */
function beside(work: Promise<unknown> | undefined): void {
  work?.catch((error: unknown) => console.error(`armed targets: ${errorMessage(error)}`));
}

function usualOf(trigger: ArmRecord['trigger'], lockId: string | undefined): number | undefined {
  if (trigger === 'goroutines') return usualThreshold;
  return trigger === 'recorder' && lockId === undefined ? usualWindowThreshold : undefined;
}

function words({ threshold, lockId }: ArmRecord): string {
  return `${threshold === undefined ? '' : `, at least ${threshold} waiting`}${lockId === undefined ? '' : `, lock ${lockId}`}`;
}
