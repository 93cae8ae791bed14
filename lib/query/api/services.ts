import { z } from 'zod';
import type { BuildRecord } from '@/lib/catalog/builds';
import type { ServiceRecord } from '@/lib/catalog/port';
import type { UnixMs } from '@/lib/units';
import { instant, leftOutSchema, notesSchema } from './common';

/** `GET /api/v1/services`: every service that ever sent something, by name, with the builds that did. */
export const servicesSchema = z.object({
  schema: z.literal('lockscope/services/v1'),
  services: z.array(
    z.object({
      service: z.string(),
      firstSeen: instant,
      lastSeen: instant,
      goVersion: z.string().nullable(),
      builds: z.array(z.object({ build: z.string(), firstSeen: instant, lastSeen: instant })),
    }),
  ),
  total: z.number().int(),
  next: z.string().nullable(),
  notes: notesSchema,
  left_out: leftOutSchema,
});

export function serviceRow(
  service: ServiceRecord,
  builds: readonly BuildRecord[],
): z.infer<typeof servicesSchema>['services'][number] {
  const seen = (firstSeen: UnixMs, lastSeen: UnixMs) => ({
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(lastSeen).toISOString(),
  });
  return {
    service: service.service,
    ...seen(service.firstSeen, service.lastSeen),
    goVersion: service.goVersion ?? null,
    builds: builds.flatMap(({ build, firstSeen, lastSeen }) =>
      firstSeen === undefined || lastSeen === undefined ? [] : [{ build, ...seen(firstSeen, lastSeen) }],
    ),
  };
}
