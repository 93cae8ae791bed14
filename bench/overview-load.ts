import type { SampleStore, Window } from '@/lib/store/port';
import { recordedWindows, scaledWindow, seeded } from './anchor-load';

/** How much the overview is measured over. */
export const overviewLoad = { services: 50, pods: 10, windowMs: 10_000 };

export function serviceName(index: number): string {
  return `service-${String(index).padStart(2, '0')}`;
}

/**
 * Writes block and mutex windows of every service and pod for [from, to) through the store port, scaled from one
 * recording as in `anchor-load.ts`; nothing of it is ever shown as a measurement of a service.
 */
export async function writeOverviewLoad(store: SampleStore, from: number, to: number): Promise<number> {
  const random = seeded(11);
  const recorded = recordedWindows().filter(({ type }) => type.name !== 'process_cpu');
  const stacks = recorded.flatMap((one) => one.stacks);
  const sites = recorded.flatMap((one) => one.sites);
  await store.write({ windows: [], stacks, sites });
  let stored = 0;
  for (let at = from; at < to; at += overviewLoad.windowMs) {
    const windows: Window[] = [];
    for (let service = 0; service < overviewLoad.services; service++) {
      for (let pod = 0; pod < overviewLoad.pods; pod++) {
        for (const one of recorded) windows.push(ofService(scaledWindow(one, pod, at, random), serviceName(service)));
      }
    }
    stored += (await store.write({ windows, stacks: [], sites: [] })).stored;
  }
  return stored;
}

function ofService(window: Window, service: string): Window {
  const labels = window.series.labels.map(([name, value]): [string, string] => [
    name,
    name === 'service_name' ? service : value,
  ]);
  return { ...window, series: { ...window.series, labels } };
}
