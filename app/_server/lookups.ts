'use server';
// Server actions of the shell: what menus and the palette look up while a person types.
import { z } from 'zod';
import { captureOwner, captureTime } from '@/app/_captures/capture-sentence';
import type { PaletteCapture, PaletteLock } from '@/components/shell/palette-items';
import { queryLocks } from '@/lib/query/locks';
import { parseView } from '@/lib/selection/view';
import { context, requestNow } from './context';
import { locksOptions } from './locks-options';

/** Values of a label in the range, at most 100, sorted. Throws on a range or label that cannot be read. */
export async function suggestValues(service: string | undefined, label: string, search: string): Promise<string[]> {
  const input = z
    .tuple([z.string().max(300).optional(), z.string().max(200), z.string().max(8000)])
    .parse([service, label, search]);
  const view = parseView(new URLSearchParams(input[2]), requestNow());
  const matchers = input[0] === undefined ? [] : [{ name: 'service_name', op: '=' as const, value: input[0] }];
  const selection = { type: {}, matchers, from: view.range.from, to: view.range.to };
  const found = await context().store.labelValues(selection, input[1], { limit: 100 });
  return [...found.rows];
}

/** Locks of every service in the range, worst first, at most 200 a service: the palette's index. */
export async function paletteLocks(search: string): Promise<PaletteLock[]> {
  const { store, catalog, config } = context();
  const view = parseView(new URLSearchParams(z.string().max(8000).parse(search)), requestNow());
  const services = await catalog.listServices();
  const perService = await Promise.all(
    services.map(async ({ service }) => {
      const { locks } = await queryLocks(store, service, view, locksOptions(config, service, false));
      return locks.slice(0, 200).map(({ lock }) => ({
        id: lock.id,
        service,
        name: lock.name,
        sites: [...lock.waiters, ...lock.holders]
          .slice(0, 6)
          .map(({ site }) => `${site.function} ${site.file}:${site.line}`),
      }));
    }),
  );
  return perService.flat();
}

const capturesListed = 50;

/** The newest captures of all services: the palette's index of them. */
export async function paletteCaptures(): Promise<PaletteCapture[]> {
  const { rows } = await context().catalog.listCaptures({ limit: capturesListed, offset: 0 });
  return rows.map((capture) => {
    const { date, time } = captureTime(capture);
    const owner = captureOwner(capture);
    return {
      id: capture.id,
      text: `${owner}, ${time}`,
      where: `trace · ${date}`,
      search: ['trace', owner, date, time, capture.filename].join(' '),
    };
  });
}
