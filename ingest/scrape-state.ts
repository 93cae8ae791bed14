import type { ProfileFact } from '@/lib/catalog/port';
import { errorMessage } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';
import { CumulativeBases } from './cumulative';

/** What is remembered of a target between scrapes. */
export interface TargetState {
  readonly bases: CumulativeBases;
  /** When profiles last came. */
  lastAt: UnixMs | undefined;
  /** The last scrape brought nothing: only the first failure of a row is an event. */
  failing: boolean;
  /** 1 in n, as the target's text profile says; undefined = not told. */
  mutexFraction: number | undefined;
  fractionReadAt: number;
}

export function freshState(): TargetState {
  return {
    bases: new CumulativeBases(),
    lastAt: undefined,
    failing: false,
    mutexFraction: undefined,
    fractionReadAt: Number.NEGATIVE_INFINITY,
  };
}

export function failedFact(profile: string, error: unknown): ProfileFact {
  return { profile, ok: false, windowMs: undefined, samples: undefined, detail: errorMessage(error) };
}
