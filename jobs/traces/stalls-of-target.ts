import type { IngestConfig } from '@/ingest/config';
import { normaliseLabels } from '@/ingest/labels';
import { targetLabels } from '@/ingest/scrape-store';
import type { TargetRecord } from '@/lib/catalog/port';
import type { Config } from '@/lib/config';
import { parseLockId } from '@/lib/contention/identity';
import type { LockEntry } from '@/lib/contention/lock';
import { type LocksOptions, queryLocks } from '@/lib/query/locks';
import { type ExpectedStall, nextStall } from '@/lib/query/next-stall';
import type { Scope } from '@/lib/query/scope';
import { findStalls } from '@/lib/query/stalls';
import { heatMapOf, queryPods } from '@/lib/query/timeline';
import type { SampleStore } from '@/lib/store/port';
import { type UnixMs, unixMs } from '@/lib/units';
import { formatWaiting } from '@/lib/units-format';
import type { OneLock } from './lock-waiters';

type Settings = IngestConfig & Pick<Config, 'sampling' | 'idle'>;

export interface StallQuestions {
  /** Why the newest window of a target is a stall, for people; undefined when it is none. */
  stalled(target: TargetRecord, window: StallWindow, rule: StallRule): Promise<string | undefined>;
  /** What a lock is called and counted by: its name is undefined when nobody waited for it in the last hour. */
  lockOf(target: TargetRecord, lockId: string, now: UnixMs): Promise<OneLock & { readonly name: string | undefined }>;
  /** The next stall of a lock, or of the most waited for lock that keeps a beat. */
  expected(target: TargetRecord, lockId: string | undefined, now: UnixMs): Promise<NamedStall | undefined>;
}

export interface StallWindow {
  readonly from: UnixMs;
  readonly to: UnixMs;
}

export interface StallRule {
  /** Goroutines waiting for one lock on average over the window; undefined = the stall rule of `lockId`. */
  readonly threshold: number | undefined;
  readonly lockId: string | undefined;
}

export interface NamedStall extends ExpectedStall {
  readonly lockName: string;
  /** Length of the bucket that begins at `at`: the window that tells of the stall begins in it. */
  readonly stepMs: number;
  /** Mean wait of a goroutine: a stall begins about so long before the window in which it ends. */
  readonly meanWaitSeconds: number;
}

/** Ranges in which a beat is looked for, the finer first. */
const beatRanges = [20 * 60_000, 60 * 60_000];
/** Locks whose beat is looked for, the most waited for first. */
const locksTried = 5;
const stallRangeMs = 30 * 60_000;
const mostBuckets = 1_800;

/** Questions about the stored windows of one target's pod. */
export function stallQuestions(store: SampleStore, config: Settings): StallQuestions {
  const scopeOf = (target: TargetRecord, from: number, to: number): Scope => {
    const pod = new Map(normaliseLabels(targetLabels(target, undefined, config), config)).get('pod');
    return {
      range: { from: unixMs(from), to: unixMs(to), live: false, text: { from: '', to: '' } },
      matchers: pod === undefined ? [] : [{ name: 'pod', op: '=', value: pod }],
    };
  };
  const optionsOf = (service: string): LocksOptions => {
    const hint = config.sampling[service];
    return {
      defaults: { blockRateNs: hint?.blockRateNs, mutexFraction: hint?.mutexFraction, goVersion: hint?.go },
      idleFunctions: config.idle,
      listIdle: false,
    };
  };
  const locksIn = async (target: TargetRecord, scope: Scope) =>
    (await queryLocks(store, target.service, scope, optionsOf(target.service))).locks;
  /** By the rule of the lock page, in buckets as long as the target's windows: the store makes them no shorter. */
  const stallsOf = async (target: TargetRecord, scope: Scope, entry: LockEntry) => {
    const span = scope.range.to - scope.range.from;
    const stepMs = Math.ceil(span / mostBuckets / 1_000) * 1_000;
    const heat = heatMapOf(await queryPods(store, target.service, scope, entry, stepMs));
    return { ...findStalls(heat), stepMs: heat.stepMs };
  };
  return {
    async stalled(target, { from, to }, { threshold, lockId }) {
      const seconds = Math.round((to - from) / 1_000);
      if (threshold === undefined && lockId !== undefined) {
        const scope = scopeOf(target, to - stallRangeMs, to + 1);
        const entry = (await locksIn(target, scope)).find(({ lock }) => lock.id === lockId);
        if (entry === undefined) return undefined; // nobody waited for it so far
        const { starts, stepMs } = await stallsOf(target, scope, entry);
        return starts.some((start) => start > from - stepMs)
          ? `${entry.lock.name} stalled in the last ${seconds} s`
          : undefined;
      }
      const locks = await locksIn(target, scopeOf(target, from, to + 1));
      const least = threshold ?? 0;
      const found = locks.find(
        ({ lock }) => (lockId === undefined || lock.id === lockId) && (lock.waiting.max ?? 0) >= least,
      );
      if (found === undefined) return undefined;
      const waiting = formatWaiting(found.lock.waiting.max ?? 0);
      return `${waiting} goroutines waited for ${found.lock.name} on average over ${seconds} s, at least ${least} were asked for`;
    },
    async lockOf(target, lockId, now) {
      // Of the whole service: another pod may have waited for it when this one did not.
      const scope = { ...scopeOf(target, now - 60 * 60_000, now), matchers: [] };
      const entry = (await locksIn(target, scope)).find(({ lock }) => lock.id === lockId);
      const own = parseLockId(lockId);
      const rows = new Set([...(own === undefined ? [] : [own]), ...(entry?.waitRows ?? [])]);
      return { name: entry?.lock.name, rows, wrappers: config.wrappers };
    },
    async expected(target, lockId, now) {
      for (const rangeMs of beatRanges) {
        const scope = scopeOf(target, now - rangeMs, now);
        const wanted = (await locksIn(target, scope)).filter(({ lock }) => lockId === undefined || lock.id === lockId);
        for (const entry of wanted.slice(0, locksTried)) {
          const { stepMs, ...stalls } = await stallsOf(target, scope, entry);
          const next = nextStall(stalls, stepMs, now);
          if (next === undefined) continue;
          const { name, meanWaitSeconds } = entry.lock;
          return { ...next, lockName: name, stepMs, meanWaitSeconds: meanWaitSeconds ?? 0 };
        }
      }
      return undefined;
    },
  };
}
