import { hrefWith, sharedParams } from '@/lib/selection/view';
import type { IconName } from './icons';
import { serviceOf } from './service-of-path';

export interface Destination {
  readonly name: string;
  readonly icon: IconName;
  readonly keys: string;
  readonly href: string;
  readonly current: boolean;
}

/**
 * The pages of the rail for an address: those that exist now. Locks, Flame and Builds are about one service, the address's or
 * else the first known; without any service they are not there. Traces are of the address's service, or of all.
 */
export function destinations(path: string, params: URLSearchParams, services: readonly string[]): Destination[] {
  const shared = sharedParams(params);
  const named = serviceOf(path, params);
  // A trace may name a service that never sent a profile: it has no locks to lead to.
  const onTraces = path === '/traces' || path.startsWith('/traces/');
  const service = named !== undefined && (!onTraces || services.includes(named)) ? named : services[0];
  const root = service === undefined ? undefined : `/services/${encodeURIComponent(service)}`;
  const onFlame = /^\/services\/[^/]+\/flame/.test(path);
  const onBuilds = /^\/services\/[^/]+\/(?:builds|compare)/.test(path);
  const ofService: Destination[] =
    root === undefined
      ? []
      : [
          {
            name: 'Locks',
            icon: 'locks',
            keys: 'g l',
            href: hrefWith(root, shared),
            current: path.startsWith('/services/') && !onFlame && !onBuilds,
          },
          { name: 'Flame', icon: 'flame', keys: 'g f', href: hrefWith(`${root}/flame`, shared), current: onFlame },
        ];
  return [
    { name: 'Overview', icon: 'overview', keys: 'g o', href: hrefWith('/', shared), current: path === '/' },
    ...ofService,
    {
      name: 'Traces',
      icon: 'traces',
      keys: 'g r',
      href: tracesHref(named),
      current: onTraces,
    },
    ...(root === undefined
      ? []
      : [
          {
            name: 'Builds',
            icon: 'builds' as const,
            keys: 'g b',
            href: hrefWith(`${root}/builds`, shared),
            current: onBuilds,
          },
        ]),
    { name: 'Connect', icon: 'connect', keys: 'g n', href: '/connect', current: path === '/connect' },
    { name: 'Settings', icon: 'settings', keys: 'g s', href: '/settings', current: path === '/settings' },
  ];
}

/** The list of captures, of one service or of all. */
export function tracesHref(service: string | undefined): string {
  return service === undefined ? '/traces' : `/traces?service=${encodeURIComponent(service)}`;
}
