import { randomBytes } from 'node:crypto';
import type { AcknowledgementFilter, ComparisonCatalog, ComparisonFilter } from '@/lib/catalog/comparisons';
import type { Prisma } from '@/lib/catalog/generated/sqlite/client';
import type { Connection } from '@/lib/catalog/prisma/client';
import {
  toAcknowledgement,
  toAcknowledgementRow,
  toComparison,
  toComparisonRow,
} from '@/lib/catalog/prisma/comparison-rows';
import { errorCode } from '@/lib/errors';

const uniqueViolation = 'P2002'; // details differ by provider: only the code is read

export function comparisonCalls(db: Connection): ComparisonCatalog {
  const find = async (id: string) => {
    const row = await db().comparison.findUnique({ where: { id } });
    return row === null ? undefined : toComparison(row);
  };
  return {
    async addComparison(comparison) {
      const known = await find(comparison.id);
      if (known !== undefined) return { comparison: known, created: false };
      try {
        const row = await db().comparison.create({ data: toComparisonRow(comparison) });
        return { comparison: toComparison(row), created: true };
      } catch (error) {
        const winner = errorCode(error) === uniqueViolation ? await find(comparison.id) : undefined;
        if (winner === undefined) throw error;
        return { comparison: winner, created: false };
      }
    },
    getComparison: find,
    async listComparisons({ limit, offset, ...filter }) {
      const where = comparisonsWhere(filter);
      const [rows, total] = await db().$transaction([
        db().comparison.findMany({
          where,
          orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
          take: limit,
          skip: offset,
        }),
        db().comparison.count({ where }),
      ]);
      return { rows: rows.map(toComparison), total };
    },
    async removeComparisonsBefore(at) {
      const rows = await db().comparison.findMany({ where: { createdAt: { lt: new Date(at) } } });
      if (rows.length > 0) await db().comparison.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
      return rows.map(toComparison);
    },
    async addAcknowledgement(acknowledgement) {
      const id = randomBytes(8).toString('hex');
      return toAcknowledgement(
        await db().acknowledgement.create({ data: { id, ...toAcknowledgementRow(acknowledgement) } }),
      );
    },
    async listAcknowledgements(filter) {
      const where = acknowledgementsWhere(filter);
      const orderBy = [{ createdAt: 'desc' as const }, { id: 'asc' as const }];
      return (await db().acknowledgement.findMany({ where, orderBy })).map(toAcknowledgement);
    },
    async revokeAcknowledgement(id, at) {
      const where = { id, revokedAt: null };
      return (await db().acknowledgement.updateMany({ where, data: { revokedAt: new Date(at) } })).count > 0;
    },
  };
}

function comparisonsWhere({ service, repo, pull }: ComparisonFilter): Prisma.ComparisonWhereInput {
  return { service, repo, pull }; // undefined = any
}

function acknowledgementsWhere({ service, repo, activeAt }: AcknowledgementFilter): Prisma.AcknowledgementWhereInput {
  if (activeAt === undefined) return { service, repo };
  const at = new Date(activeAt);
  return {
    service,
    repo,
    createdAt: { lte: at },
    expiresAt: { gt: at },
    OR: [{ revokedAt: null }, { revokedAt: { gt: at } }],
  };
}
