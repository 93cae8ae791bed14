import type { ServiceRecord, TargetRecord } from '@/lib/catalog/port';

/** The service that somebody is connecting now: the one named, else the newest target's or the newest to send. */
export function newestService(
  named: string | null,
  services: readonly ServiceRecord[],
  targets: readonly TargetRecord[],
): string | undefined {
  if (named !== null && named !== '') return named;
  const candidates = [
    ...services.map((row) => ({ service: row.service, since: row.firstSeen })),
    ...targets.map((row) => ({ service: row.service, since: row.createdAt })),
  ];
  return candidates.sort((a, b) => b.since - a.since)[0]?.service;
}
