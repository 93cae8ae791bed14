import type { Job } from '@/jobs/job';
import type { ArmRecord } from '@/lib/catalog/arms';
import type { ScrapeOutcome, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { LockscopeError } from '@/lib/errors';
import { formatInstant } from '@/lib/time-format';
import type { TargetTraces } from '@/lib/traces/target-port';
import { unixMs } from '@/lib/units';
import { type ArmedDeps, type ArmedTarget, beside, startArmed } from './armed-target';
import type { ArmedLock } from './triggers';

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

export function armedTargets(deps: ArmedDeps): ArmedTargets {
  const { catalog, recorder, stalls, armedMs, now } = deps;
  const armed = new Map<string, ArmedTarget>();
  let running = false;

  const note = (id: string, kind: TargetEvent['kind'], detail: string) =>
    catalog.addTargetEvents(id, [{ at: now(), kind, detail }]);

  async function targetOf(id: string): Promise<TargetRecord> {
    const target = await catalog.getTarget(id);
    if (target !== undefined) return target;
    throw new LockscopeError('trace.no-target', `there is no target ${id}`, { place: 'path id' });
  }

  async function lockOf(target: TargetRecord, lockId: string | undefined): Promise<ArmedLock | undefined> {
    if (lockId === undefined) return undefined;
    const lock = await stalls.lockOf(target, lockId, now());
    return { ...lock, name: lock.name ?? lockId };
  }

  function begin(arm: ArmRecord, target: TargetRecord, lock: ArmedLock | undefined, lookBackMs: number | undefined) {
    armed.get(arm.targetId)?.end();
    const one = startArmed(deps, { arm, target, lock, lookBackMs }, () => {
      if (armed.get(arm.targetId) === one) armed.delete(arm.targetId);
    });
    armed.set(arm.targetId, one);
    return one;
  }

  async function follow(targetId: string, one: ArmedTarget): Promise<void> {
    const target = await catalog.getTarget(targetId);
    if (target === undefined) one.end();
    else if (!target.enabled && one.state().trigger !== 'goroutines') await one.over('the target is scraped no more');
  }

  async function takeUp(): Promise<void> {
    for (const arm of await catalog.listArms()) {
      const target = await catalog.getTarget(arm.targetId);
      if (target === undefined || armed.has(arm.targetId)) continue;
      if (arm.expiresAt <= now()) {
        await catalog.removeArm(arm.targetId);
        await note(arm.targetId, 'disarmed', 'the time was over while the server was stopped');
        continue;
      }
      const lock = await lockOf(target, arm.lockId);
      // A service that is down just now is armed all the same: it has not told its look-back.
      const lookBackMs = arm.trigger === 'recorder' ? await recorder.probe(target).catch(() => undefined) : undefined;
      if (running && !armed.has(arm.targetId)) begin(arm, target, lock, lookBackMs);
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
      const lookBackMs = trigger === 'recorder' ? await recorder.probe(target) : undefined;
      const lock = await lockOf(target, lockId);
      const at = now();
      const arm: ArmRecord = {
        ...{ targetId, trigger, lockId, seconds, most, fired: 0, armedAt: at },
        threshold: threshold ?? usualOf(trigger, lockId),
        expiresAt: unixMs(at + (forMs ?? armedMs)),
      };
      await catalog.putArm(arm);
      const one = begin(arm, target, lock, lookBackMs);
      await note(targetId, 'armed', `${trigger}${words(arm, lock)}, until ${formatInstant(arm.expiresAt)}`);
      return one.state();
    },
    async disarm(targetId) {
      const one = armed.get(targetId);
      if (one === undefined) return catalog.removeArm(targetId);
      await one.over('switched off');
      return true;
    },
    armed: (targetId) => armed.get(targetId)?.state(),
    scraped(targetId, outcome) {
      beside(armed.get(targetId)?.scraped(outcome));
    },
    targetsChanged() {
      beside(Promise.all([...armed].map(([id, one]) => follow(id, one))));
    },
    start() {
      if (running) return;
      running = true;
      beside(takeUp());
    },
    async stop() {
      running = false;
      recorder.close();
      for (const one of [...armed.values()]) one.end();
    },
  };
}

function usualOf(trigger: ArmRecord['trigger'], lockId: string | undefined): number | undefined {
  if (trigger === 'goroutines') return usualThreshold;
  return trigger === 'recorder' && lockId === undefined ? usualWindowThreshold : undefined;
}

function words({ threshold, lockId }: ArmRecord, lock: ArmedLock | undefined): string {
  const least = threshold === undefined ? '' : `, at least ${threshold} waiting`;
  return lock === undefined ? least : `${least}, for the lock ${lock.name} (${lockId ?? ''})`;
}
