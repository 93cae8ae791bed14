import { hrefWith } from '@/lib/selection/view';
import type { Destination } from './destinations';
import type { PaletteCapture, PaletteItem, PaletteLock } from './palette-items';

export interface PaletteIndex {
  readonly pages: readonly Destination[];
  readonly services: readonly string[];
  readonly locks: readonly PaletteLock[];
  readonly captures: readonly PaletteCapture[];
  /** Parameters that travel along to services and locks. */
  readonly shared: URLSearchParams;
}

/** Everything that the palette leads to: pages, services, locks, captures, each kind in the order given. */
export function allItems({ pages, services, locks, captures, shared }: PaletteIndex): PaletteItem[] {
  const root = (service: string) => `/services/${encodeURIComponent(service)}`;
  return [
    ...pages.map((page) => ({
      id: `page-${page.name}`,
      text: page.name,
      where: 'page',
      search: page.name,
      href: page.href,
    })),
    ...services.map((service) => ({
      id: `service-${service}`,
      text: service,
      where: 'service',
      search: service,
      href: hrefWith(root(service), shared),
    })),
    ...locks.map((lock) => ({
      id: `lock-${lock.service}-${lock.id}`,
      text: lock.name,
      where: `lock · ${lock.service}`,
      search: [lock.name, ...lock.sites].join(' '),
      href: hrefWith(`${root(lock.service)}/locks/${encodeURIComponent(lock.id)}`, shared),
    })),
    ...captures.map((capture) => ({ ...capture, id: `capture-${capture.id}`, href: `/traces/${capture.id}` })),
  ];
}
