import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import type { Profile } from '@/lib/profile/profile';
import type { IngestConfig } from './config';
import { decodeLimits } from './decode-limits';
import { endpointUrl, fetchEndpoint } from './pprof-endpoint';

/** How a profile of a target's configuration is asked for and stored. */
export interface Endpoint {
  /** Name the windows are stored under. */
  readonly kind: string;
  /** Since process start: subtracted here. */
  readonly cumulative: boolean;
  /** Below `/debug/pprof/`. */
  readonly path: (everyMs: number) => string;
}

/** One second less than the period, so that the next scrape never finds the profiler busy. */
export function cpuSeconds(everyMs: number): number {
  return Math.max(1, Math.floor(everyMs / 1_000) - 1);
}

/** By the name in `lockscope.config.yml`. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  block: { kind: 'block', cumulative: true, path: () => 'block' },
  mutex: { kind: 'mutex', cumulative: true, path: () => 'mutex' },
  heap: { kind: 'memory', cumulative: true, path: () => 'heap' },
  goroutine: { kind: 'goroutine', cumulative: false, path: () => 'goroutine' },
  goroutineleak: { kind: 'goroutineleak', cumulative: false, path: () => 'goroutineleak' },
  cpu: { kind: 'process_cpu', cumulative: false, path: (everyMs) => `profile?seconds=${cpuSeconds(everyMs)}` },
};

const answerMs = 10_000;

/** Fetches and decodes one profile. Throws what fetchEndpoint and decodePprof throw. */
export async function fetchProfile(
  target: string,
  path: string,
  limits: IngestConfig['limits'],
  signal?: AbortSignal,
): Promise<Profile> {
  const seconds = Number(/seconds=(\d+)/.exec(path)?.[1] ?? 0);
  const timeoutMs = answerMs + seconds * 1_000;
  const bytes = await fetchEndpoint(endpointUrl(target, path), { maxBytes: limits.bodyBytes, timeoutMs }, signal);
  return toProfile(decodePprof(bytes, decodeLimits(limits)));
}

/**
 * The mutex profile's fraction (1 in n), from the first lines of its text form; undefined when that cannot be had.
 * The text of a large profile is cut: only its head is read.
 */
export async function readMutexFraction(
  target: string,
  limits: IngestConfig['limits'],
  signal?: AbortSignal,
): Promise<number | undefined> {
  const url = endpointUrl(target, 'mutex?debug=1');
  try {
    const text = await fetchEndpoint(url, { maxBytes: limits.textBytes, timeoutMs: answerMs }, signal);
    const fraction = /^sampling period=(\d+)$/m.exec(text.toString('utf8', 0, 1_000))?.[1];
    return fraction === undefined ? undefined : Number(fraction);
  } catch {
    // The profile itself is fetched next and tells what is wrong with the target.
    return undefined;
  }
}
