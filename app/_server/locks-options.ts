import type { Config } from '@/lib/config';
import type { LocksOptions } from '@/lib/query/locks';

/** How the locks of a service are to be judged, from configuration. */
export function locksOptions(config: Config, service: string, listIdle: boolean): LocksOptions {
  const hint = config.sampling[service];
  return {
    defaults: { blockRateNs: hint?.blockRateNs, mutexFraction: hint?.mutexFraction, goVersion: hint?.go },
    idleFunctions: config.idle,
    listIdle,
  };
}
