import type { Catalog } from '@/lib/catalog/port';
import { armCalls } from '@/lib/catalog/prisma/arms';
import { buildCalls } from '@/lib/catalog/prisma/builds';
import { captureCalls } from '@/lib/catalog/prisma/captures';
import { ciReportCalls } from '@/lib/catalog/prisma/ci-reports';
import type { Client } from '@/lib/catalog/prisma/client';
import { comparisonCalls } from '@/lib/catalog/prisma/comparisons';
import { serviceCalls } from '@/lib/catalog/prisma/services';
import { targetCalls } from '@/lib/catalog/prisma/targets';
import { uploadCalls } from '@/lib/catalog/prisma/uploads';
import { errorMessage, LockscopeError } from '@/lib/errors';

/** Sightings are written this often: the pages' "last seen" is never older than the profiles' own 10 s. */
const flushEveryMs = 3_000;

/** The catalogue over a connected Prisma client, which it closes. */
export function createPrismaCatalog(client: Client): Catalog {
  let closed = false;
  const db = () => {
    if (closed) throw new LockscopeError('catalog.closed', 'the catalogue is closed');
    return client;
  };
  const { stop, listAllBuilds, ...services } = serviceCalls(db, flushEveryMs);
  return {
    ...services,
    ...buildCalls(db, (service) => (service === undefined ? listAllBuilds() : services.listBuilds(service))),
    ...targetCalls(db),
    ...uploadCalls(db),
    ...captureCalls(db),
    ...armCalls(db),
    ...comparisonCalls(db),
    ...ciReportCalls(db),
    async close() {
      if (closed) return;
      // When services were last seen is told again by their next profile: no reason to fail a stop.
      await stop().catch((error: unknown) => console.error(`last sightings not written: ${errorMessage(error)}`));
      closed = true;
      await client.$disconnect();
    },
  };
}
