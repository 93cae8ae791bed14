import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadHints } from '@/ingest/profile-reader';
import { createScraper } from '@/ingest/scrape';
import type { RawProfile } from '@/ingest/wire/raw-profile';
import type { ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import { unixMs } from '@/lib/units';
import { postBytes, type Remote } from './remote';
import type { ScrapeOptions } from './scrape-options';
import { type ScrapedProfile, sumUp } from './scrape-sums';

export interface Scrape {
  readonly at: string;
  readonly error: string | null;
  readonly profiles: readonly ScrapedProfile[];
  readonly events: readonly { readonly kind: string; readonly detail: string }[];
}

const nameOfKind: Readonly<Record<string, string>> = { process_cpu: 'cpu', memory: 'heap' };

/**
 * Scrapes a service at its period and calls `told` after each time, until `options.count` or `signal`.
 * Uses the server's own scraper; what that one would store is pushed, or only summed up.
 */
export async function scrapeEvery(
  options: ScrapeOptions,
  everyMs: number,
  now: () => number,
  signal: AbortSignal,
  told: (scrape: Scrape) => void,
): Promise<void> {
  let sums = new Map<string, ScrapedProfile>();
  const accept = async (raw: RawProfile, hints: ReadHints) => {
    // Without a predecessor, allocations since process start would be taken for those of one window.
    if (hints.snapshotsOnly) return;
    const kind = hints.kind ?? 'unknown';
    if (options.remote !== undefined) await push(options.remote, raw, hints, kind);
    const name = nameOfKind[kind] ?? kind;
    const detail = options.remote === undefined ? '' : 'pushed';
    sums.set(name, sumUp(name, toProfile(decodePprof(raw.bytes)), hints.window?.wallMs, detail));
  };
  const scraper = createScraper({ accept, config: parseConfigFile('', 'defaults'), now: () => unixMs(now()) });
  signal.addEventListener('abort', () => scraper.close(), { once: true });
  const target = targetOf(options, everyMs, now());
  for (let turn = 1; !signal.aborted; turn++) {
    const began = now();
    sums = new Map();
    const outcome = await scraper.scrapeOnce(target);
    if (signal.aborted) return;
    told(scrapeOf(outcome, sums));
    if (turn >= options.count) return;
    // An aborted wait is the end, not a failure.
    await sleep(Math.max(0, everyMs - (now() - began)), undefined, { signal }).catch(() => undefined);
  }
}

function targetOf(options: ScrapeOptions, everyMs: number, createdAt: number): TargetRecord {
  return {
    id: 'command',
    service: options.service,
    url: options.url,
    everyMs,
    build: options.build,
    labels: options.labels,
    profiles: ['block', 'mutex', 'goroutine', 'heap', ...(options.cpuSeconds > 0 ? ['cpu'] : [])],
    source: 'ui',
    enabled: true,
    createdAt: unixMs(createdAt),
    lastScrape: undefined,
    restarts: 0,
    missed: 0,
    facts: [],
  };
}

/** Sends a window as any Pyroscope client would; the kind travels as the profile's name. */
async function push(remote: Remote, raw: RawProfile, hints: ReadHints, kind: string): Promise<void> {
  const labels = raw.labels.filter(([name]) => name !== 'service_name').map(([name, value]) => `${name}=${value}`);
  const service = raw.labels.find(([name]) => name === 'service_name')?.[1] ?? 'scraped';
  const query = new URLSearchParams({
    name: `${service}{${[`__name__=${kind}`, ...labels].join(',')}}`,
    format: 'pprof',
  });
  if (hints.window !== undefined) {
    query.set('from', String(hints.window.start));
    query.set('until', String(hints.window.start + hints.window.wallMs));
  }
  const answer = await postBytes(remote, 'ingest', query, new Uint8Array(raw.bytes));
  if (!answer.ok) throw new LockscopeError('remote.refused', `not taken: ${answer.reason}`);
}

function scrapeOf(outcome: ScrapeOutcome, sums: ReadonlyMap<string, ScrapedProfile>): Scrape {
  return {
    at: new Date(outcome.at).toISOString(),
    error: outcome.error ?? null,
    profiles: outcome.facts.map(({ profile, ok, samples, windowMs, detail }) => {
      const sum = sums.get(profile);
      if (sum !== undefined && ok) return { ...sum, detail: detail === '' ? sum.detail : detail };
      const windowSeconds = windowMs === undefined ? null : windowMs / 1_000;
      return { profile, ok, samples: samples ?? null, windowSeconds, sums: [], detail };
    }),
    events: outcome.events.map(({ kind, detail }) => ({ kind, detail })),
  };
}
