import { z } from 'zod';
import type { CiReportRecord, CiRun, JsonValue, NewCiReport } from '@/lib/catalog/ci-reports';
import type { CiReport, CiRun as CiRunRow, Prisma } from '@/lib/catalog/generated/sqlite/client';
import { unixMs } from '@/lib/units';

const jsonSchema: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
const metadataSchema = z.record(z.string(), jsonSchema);

export function toReportRow(report: NewCiReport) {
  return {
    ...report,
    id: report.key.slice(0, 16),
    pull: report.pull ?? null,
    baseSha: report.baseSha ?? null,
    mergeSha: report.mergeSha ?? null,
    metadata: toInput(report.metadata),
    state: 'open' as const,
    createdAt: new Date(report.createdAt),
  };
}

/** The same values in Prisma's type of JSON. */
function toInput(metadata: NewCiReport['metadata']): Prisma.InputJsonObject {
  const input = (value: JsonValue): Prisma.InputJsonValue | null => {
    if (value === null || typeof value !== 'object') return value;
    return isList(value) ? value.map(input) : toInput(value);
  };
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, input(value)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function toReport(row: CiReport): CiReportRecord {
  return {
    ...row,
    pull: row.pull ?? undefined,
    baseSha: row.baseSha ?? undefined,
    mergeSha: row.mergeSha ?? undefined,
    metadata: metadataSchema.parse(row.metadata),
    comparisonId: row.comparisonId ?? undefined,
    failure: row.failure ?? undefined,
    createdAt: unixMs(row.createdAt.getTime()),
    completedAt: row.completedAt === null ? undefined : unixMs(row.completedAt.getTime()),
  };
}

export function toRun({ reportId: _, ...run }: CiRunRow): CiRun {
  return run;
}
