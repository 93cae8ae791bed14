import { LockscopeError } from '@/lib/errors';
import { deltaProfile } from '@/lib/profile/delta';
import type { Profile } from '@/lib/profile/profile';

/** Profiles of one process taken together, by profile name. */
export type CumulativeSet = ReadonlyMap<string, Profile>;

export interface WindowOfProcess {
  readonly profile: Profile;
  /** undefined = no predecessor: only what is a state (memory in use) may be stored. */
  readonly sinceMs: number | undefined;
}

export interface Differences {
  readonly windows: ReadonlyMap<string, WindowOfProcess>;
  /** Which profile showed that the process was started anew, and by what; undefined = none did. */
  readonly restart: string | undefined;
}

/**
 * Subtracts, per profile name, the previous cumulative profile of a process.
 * One profile that fell (or another first mapping) means a new process for all of them: they count from zero, over
 * the time since their last scrape. What is kept to subtract from moves on only by `keep`, so a window that could not
 * be stored is part of the next one.
 */
export class CumulativeBases {
  private readonly bases = new Map<string, { readonly profile: Profile; readonly atMs: number }>();

  /** The windows that end now, from the profiles of one scrape. */
  subtract(profiles: CumulativeSet): Differences {
    const windows = new Map<string, WindowOfProcess>();
    let restart: string | undefined;
    for (const [name, profile] of profiles) {
      const base = this.bases.get(name);
      const difference = base === undefined ? undefined : deltaProfile(profile, base.profile);
      if (difference?.restarted && restart === undefined) {
        restart = difference.fell > 0 ? `${name}: ${difference.fell} stacks fell` : `${name}: another binary is mapped`;
      }
      windows.set(name, { profile: difference?.profile ?? profile, sinceMs: base?.atMs });
    }
    if (restart === undefined) return { windows, restart };
    // One process, one restart: a profile whose values happen to have risen past the old ones counts from zero too.
    for (const [name, { sinceMs }] of windows) {
      const whole = profiles.get(name);
      if (whole === undefined) throw new LockscopeError('internal.unreachable', `profile ${name} vanished`);
      windows.set(name, { profile: whole, sinceMs });
    }
    return { windows, restart };
  }

  /** From now on `profile`, taken at `atMs`, is what the next one is subtracted from. */
  keep(name: string, profile: Profile, atMs: number): void {
    this.bases.set(name, { profile, atMs });
  }
}
