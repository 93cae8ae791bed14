import type { Catalog } from '@/lib/catalog/port';
import type { LiveHub } from '@/lib/live';
import { labelValue } from '@/lib/selection/selection';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/**
 * The store's `write`, telling the live stream and the catalogue which services and builds got windows.
 * Told after the data is durable; windows that were rejected alone are told too, they name the same services.
 */
export function observedWrites(
  store: Pick<SampleStore, 'write'>,
  live: Pick<LiveHub, 'notify'>,
  catalog: Pick<Catalog, 'noteSeen'>,
): Pick<SampleStore, 'write'> {
  return {
    async write(batch) {
      const result = await store.write(batch);
      for (const { series, start, wallMs } of batch.windows) {
        const end = unixMs(start + wallMs);
        const service = labelValue(series.labels, 'service_name');
        live.notify(service, end);
        catalog.noteSeen({
          service,
          build: labelValue(series.labels, 'build') || undefined,
          goVersion: labelValue(series.labels, 'go') || undefined,
          at: end,
        });
      }
      return result;
    },
  };
}
