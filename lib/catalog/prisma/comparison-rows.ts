import { z } from 'zod';
import type { AcknowledgementRecord, ComparisonRecord, NewAcknowledgement } from '@/lib/catalog/comparisons';
import type { Acknowledgement, Comparison } from '@/lib/catalog/generated/sqlite/client';
import { unixMs } from '@/lib/units';

const sideSchema = z
  .object({ label: z.string(), parameter: z.string().optional() })
  .transform(({ label, parameter }) => ({ label, parameter }));
const countsSchema = z.object({
  regression: z.number(),
  suspicious: z.number(),
  improved: z.number(),
  unchanged: z.number(),
  inconclusive: z.number(),
  moved: z.number(),
});

export function toComparisonRow({ ci, ...comparison }: ComparisonRecord) {
  return {
    ...comparison,
    service: comparison.service ?? null,
    base: sideRow(comparison.base),
    head: sideRow(comparison.head),
    counts: { ...comparison.counts },
    createdAt: new Date(comparison.createdAt),
    repo: ci?.repo ?? null,
    pull: ci?.pull ?? null,
    suite: ci?.suite ?? null,
    headSha: ci?.headSha ?? null,
    baseSha: ci?.baseSha ?? null,
    reportId: ci?.reportId ?? null,
  };
}

function sideRow({ label, parameter }: ComparisonRecord['base']) {
  return parameter === undefined ? { label } : { label, parameter };
}

export function toComparison(row: Comparison): ComparisonRecord {
  const { repo, pull, suite, headSha, baseSha, reportId, ...rest } = row;
  const isCi = repo !== null && suite !== null && headSha !== null && reportId !== null;
  return {
    ...rest,
    service: row.service ?? undefined,
    base: sideSchema.parse(row.base),
    head: sideSchema.parse(row.head),
    counts: countsSchema.parse(row.counts),
    createdAt: unixMs(row.createdAt.getTime()),
    ci: isCi ? { repo, pull: pull ?? undefined, suite, headSha, baseSha: baseSha ?? undefined, reportId } : undefined,
  };
}

export function toAcknowledgementRow(acknowledgement: NewAcknowledgement) {
  return {
    ...acknowledgement,
    service: acknowledgement.service ?? null,
    repo: acknowledgement.repo ?? null,
    pull: acknowledgement.pull ?? null,
    lockId: acknowledgement.lockId ?? null,
    from: acknowledgement.from ?? null,
    createdAt: new Date(acknowledgement.createdAt),
    expiresAt: new Date(acknowledgement.expiresAt),
  };
}

export function toAcknowledgement(row: Acknowledgement): AcknowledgementRecord {
  return {
    ...row,
    service: row.service ?? undefined,
    repo: row.repo ?? undefined,
    pull: row.pull ?? undefined,
    lockId: row.lockId ?? undefined,
    from: row.from ?? undefined,
    createdAt: unixMs(row.createdAt.getTime()),
    expiresAt: unixMs(row.expiresAt.getTime()),
    revokedAt: row.revokedAt === null ? undefined : unixMs(row.revokedAt.getTime()),
  };
}
