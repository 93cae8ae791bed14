import { setMaxListeners } from 'node:events';
import type { ScrapeOutcome, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { errorCode, errorMessage } from '@/lib/errors';
import type { Profile } from '@/lib/profile/profile';
import type { UnixMs } from '@/lib/units';
import type { IngestConfig } from './config';
import type { ReadHints } from './profile-reader';
import { type Endpoint, endpoints, fetchProfile, readMutexFraction } from './scrape-endpoint';
import { failedFact, freshState, type TargetState } from './scrape-state';
import { type ScrapeStore, storeCumulative, storeOther, targetLabels } from './scrape-store';
import type { RawProfile } from './wire/raw-profile';

export interface ScraperDeps {
  /** Takes a profile with its window; resolves when it is safe. */
  readonly accept: (raw: RawProfile, hints: ReadHints) => Promise<unknown>;
  readonly config: IngestConfig;
  readonly now: () => UnixMs;
}

/** What jobs/scrape.ts drives. */
export interface TargetScraper {
  /**
   * Fetches every profile of a target, stores the windows since the last time, and says what came of it. Takes as long
   * as the CPU profile: one second less than the period. Never rejects for anything the target does.
   */
  scrapeOnce(target: TargetRecord): Promise<ScrapeOutcome>;
  /** Drops what was kept to subtract from. */
  forget(targetId: string): void;
  /** Aborts what is being fetched. */
  close(): void;
}

interface Fetched {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly result: Profile | Error;
}

const fractionEveryMs = 600_000;

/** The built-in scraper of `net/http/pprof`. Block, mutex and allocations are cumulative there and subtracted here. */
export function createScraper(deps: ScraperDeps): TargetScraper {
  const states = new Map<string, TargetState>();
  const closing = new AbortController();
  // Every fetch under way listens to it; Node takes more than ten for a leak.
  setMaxListeners(0, closing.signal);

  function fetchAll(target: TargetRecord, names: readonly string[]): Promise<Fetched[]> {
    const all = names.flatMap((name) => {
      const endpoint = endpoints[name];
      return endpoint === undefined ? [] : [{ name, endpoint }];
    });
    return Promise.all(
      all.map(async ({ name, endpoint }) => {
        const result = await fetchProfile(
          target.url,
          endpoint.path(target.everyMs),
          deps.config.limits,
          closing.signal,
        ).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
        return { name, endpoint, result };
      }),
    );
  }

  async function scrapeOnce(target: TargetRecord): Promise<ScrapeOutcome> {
    const state = states.get(target.id) ?? freshState();
    states.set(target.id, state);
    await readFraction(target, state);
    // The moment of the snapshots: everything below is asked for at once.
    const at = deps.now();
    const isCpu = (name: string) => name === 'cpu';
    const cpu = fetchAll(target, target.profiles.filter(isCpu));
    const quick = await fetchAll(
      target,
      target.profiles.filter((name) => !isCpu(name)),
    );
    const labels = targetLabels(target, state.mutexFraction, deps.config);
    const store: ScrapeStore = { accept: deps.accept, config: deps.config, labels, at, everyMs: target.everyMs };
    const events: TargetEvent[] = [];
    const facts = new Map(await storeCumulative(cumulativeOf(quick), state, store, events));
    if (events.some(({ kind }) => kind === 'restart')) state.fractionReadAt = Number.NEGATIVE_INFINITY;
    const all = [...quick, ...(await cpu)];
    for (const { name, endpoint, result } of all) {
      if (result instanceof Error) facts.set(name, failedFact(name, result));
      else if (!endpoint.cumulative) facts.set(name, await storeOther(name, endpoint, result, state, store));
    }
    // A scrape cut short because the server stops says nothing about the target.
    const error = closing.signal.aborted ? undefined : noteFailure(all, state, at, events);
    if (error === undefined) state.lastAt = at;
    return { at, error, facts: target.profiles.flatMap((name) => facts.get(name) ?? []), events };
  }

  async function readFraction(target: TargetRecord, state: TargetState): Promise<void> {
    const at = deps.now();
    if (!target.profiles.includes('mutex') || at - state.fractionReadAt < fractionEveryMs) return;
    const fraction = await readMutexFraction(target.url, deps.config.limits, closing.signal);
    if (fraction === undefined) return;
    state.mutexFraction = fraction;
    state.fractionReadAt = at;
  }

  return {
    scrapeOnce,
    forget: (targetId) => void states.delete(targetId),
    close: () => closing.abort(),
  };
}

function cumulativeOf(fetched: readonly Fetched[]): Map<string, Profile> {
  const profiles = new Map<string, Profile>();
  for (const { name, endpoint, result } of fetched) {
    if (endpoint.cumulative && !(result instanceof Error)) profiles.set(name, result);
  }
  return profiles;
}

/** The outcome's error when nothing came at all; an event for the first failure of a row only. */
function noteFailure(
  fetched: readonly Fetched[],
  state: TargetState,
  at: UnixMs,
  events: TargetEvent[],
): string | undefined {
  const failures = fetched.flatMap(({ result }) => (result instanceof Error ? [result] : []));
  if (failures.length < fetched.length) {
    state.failing = false;
    return undefined;
  }
  const worst = failures.find((error) => errorCode(error) !== 'scrape.status') ?? failures[0];
  const detail = worst === undefined ? 'no profile is asked for' : errorMessage(worst);
  if (!state.failing) events.push({ at, kind: 'error', detail });
  state.failing = true;
  return detail;
}
