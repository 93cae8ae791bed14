import { z } from 'zod';
import type { BuildRecord, ServiceRecord } from '@/lib/catalog/port';
import { instant, leftOutSchema, notesSchema } from './common';

/** `GET /api/v1/services`: every service that ever sent something, by name. */
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
  const seen = (record: ServiceRecord) => ({
    firstSeen: new Date(record.firstSeen).toISOString(),
    lastSeen: new Date(record.lastSeen).toISOString(),
  });
  return {
    service: service.service,
    ...seen(service),
    goVersion: service.goVersion ?? null,
    builds: builds.map((build) => ({ build: build.build, ...seen(build) })),
  };
}
