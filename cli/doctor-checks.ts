import type { Profile } from '@/lib/profile/profile';
import { formatCount, formatDuration } from '@/lib/units-format';

export interface Check {
  /** Stable word for scripts. */
  readonly check: string;
  /** `ok`; `warn` = works, but numbers or cost are worse than they need be; `fail` = Lockscope cannot see this. */
  readonly status: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** What to change; "" when nothing. */
  readonly advice: string;
}

/** What was fetched: profiles by name, or why one did not come. */
export interface Findings {
  readonly profiles: ReadonlyMap<string, Profile | Error>;
  /** 1 in n, from the text form of the mutex profile; undefined = not told. */
  readonly mutexFraction: number | undefined;
  readonly goVersion: string | undefined;
}

/** The call that the README and the connect page give; totals stay unbiased whatever the rate (docs/semantics.md). */
const blockRateCall = 'runtime.SetBlockProfileRate(1_000_000)';

/** The checks in the order in which they matter. */
export function diagnose(findings: Findings): Check[] {
  return [checkBlock(findings), checkMutex(findings), checkVersion(findings), ...checkOthers(findings)];
}

function checkBlock({ profiles }: Findings): Check {
  const profile = profiles.get('block');
  if (!isProfile(profile)) return missing('block', profile);
  const waits = sum(profile, 'contentions');
  if (waits === 0) {
    return {
      check: 'block',
      status: 'fail',
      found: 'the block profile is empty: switched off, or nothing has waited yet',
      advice: `call ${blockRateCall} at start: every wait of 1 ms and longer is recorded, shorter ones by chance`,
    };
  }
  const found = `${formatDuration(sum(profile, 'delay') / 1e9)} waited in ${formatCount(waits)} waits since process start`;
  const atMost = shortestDelay(profile);
  if (atMost < 1_000) {
    return {
      check: 'block',
      status: 'warn',
      found: `${found}; the rate is ${formatDuration(atMost / 1e9)} or less`,
      advice: `every blocking operation is recorded, which slows channel-heavy code; ${blockRateCall} keeps the totals unbiased`,
    };
  }
  return { check: 'block', status: 'ok', found, advice: '' };
}

/**
 * A sampled wait shorter than the rate is recorded as long as the rate, so no stack can have less delay than it:
 * the smallest delay of a stack, in ns, is an upper bound of the rate.
 */
function shortestDelay(profile: Profile): number {
  const column = profile.sampleTypes.findIndex(({ type }) => type === 'delay');
  return (profile.samples.values[column] ?? new Float64Array()).reduce(
    (least, delay) => (delay > 0 ? Math.min(least, delay) : least),
    Number.POSITIVE_INFINITY,
  );
}

function checkMutex({ profiles, mutexFraction }: Findings): Check {
  const profile = profiles.get('mutex');
  if (!isProfile(profile)) return missing('mutex', profile);
  const advice =
    'call runtime.SetMutexProfileFraction(1) at start: only unlocks that somebody waited for cost anything';
  if (mutexFraction === 0)
    return { check: 'mutex', status: 'fail', found: 'the mutex profile is switched off', advice };
  const events = sum(profile, 'contentions');
  const found = `${formatCount(events)} contended unlocks since process start`;
  if (mutexFraction !== undefined && mutexFraction > 1) {
    return {
      check: 'mutex',
      status: 'warn',
      found: `${found}, one in ${mutexFraction} recorded`,
      advice: `at a fraction of ${mutexFraction} the delay charged to a rare long holder is a matter of luck; use 1`,
    };
  }
  if (events === 0 && mutexFraction === undefined) {
    return {
      check: 'mutex',
      status: 'warn',
      found: 'the mutex profile is empty: switched off, or no lock was waited for yet',
      advice,
    };
  }
  return { check: 'mutex', status: 'ok', found, advice: '' };
}

function checkVersion({ goVersion }: Findings): Check {
  if (goVersion === undefined) {
    return {
      check: 'go',
      status: 'warn',
      found: 'the Go version cannot be told from the stacks',
      advice: 'tell it with a label or in lockscope.config.yml: mutex delays changed their meaning in Go 1.22',
    };
  }
  return { check: 'go', status: 'ok', found: `≈ ${goVersion}, from the stacks`, advice: '' };
}

function checkOthers({ profiles }: Findings): Check[] {
  return ['goroutine', 'heap', 'cpu'].map((name) => {
    const profile = profiles.get(name);
    if (!isProfile(profile)) return missing(name, profile);
    const what =
      name === 'goroutine'
        ? `${formatCount(sum(profile, 'goroutine'))} goroutines`
        : `${formatCount(profile.samples.length)} stacks`;
    return { check: name, status: 'ok', found: what, advice: '' };
  });
}

function missing(check: string, error: Error | undefined): Check {
  const found = error?.message ?? 'not fetched';
  const advice = /already in use/.test(found)
    ? 'something else profiles the CPU (another scraper, pyroscope-go): let one of them do it'
    : 'import net/http/pprof and let this address serve its handlers';
  return { check, status: 'fail', found, advice };
}

function isProfile(value: Profile | Error | undefined): value is Profile {
  return value !== undefined && !(value instanceof Error);
}

function sum(profile: Profile, type: string): number {
  const column = profile.sampleTypes.findIndex((one) => one.type === type);
  return (profile.samples.values[column] ?? new Float64Array()).reduce((total, value) => total + value, 0);
}
