import type { CiCommentKey, CiReportCatalog } from '@/lib/catalog/ci-reports';
import type { Prisma } from '@/lib/catalog/generated/sqlite/client';
import { toReport, toReportRow, toRun } from '@/lib/catalog/prisma/ci-report-rows';
import type { Connection } from '@/lib/catalog/prisma/client';
import { compareText } from '@/lib/catalog/prisma/spans';
import { errorCode } from '@/lib/errors';
import { unixMs } from '@/lib/units';

const uniqueViolation = 'P2002'; // details differ by provider: only the code is read

export function ciReportCalls(db: Connection): CiReportCatalog {
  const find = async (where: Prisma.CiReportWhereUniqueInput) => {
    const row = await db().ciReport.findUnique({ where });
    return row === null ? undefined : toReport(row);
  };
  return {
    async openCiReport(report) {
      const { key } = report;
      const known = await find({ key });
      if (known !== undefined) return { report: known, created: false };
      try {
        return { report: toReport(await db().ciReport.create({ data: toReportRow(report) })), created: true };
      } catch (error) {
        const winner = errorCode(error) === uniqueViolation ? await find({ key }) : undefined;
        if (winner === undefined) throw error;
        return { report: winner, created: false };
      }
    },
    getCiReport: (id) => find({ id }),
    async listCiReports({ limit, offset, ...where }) {
      const orderBy = [{ createdAt: 'desc' as const }, { id: 'asc' as const }];
      const [rows, total] = await db().$transaction([
        db().ciReport.findMany({ where, orderBy, take: limit, skip: offset }),
        db().ciReport.count({ where }),
      ]);
      return { rows: rows.map(toReport), total };
    },
    async putCiRun(reportId, { arm, index, kind, ...file }) {
      return db().$transaction(async (transaction) => {
        if ((await transaction.ciReport.count({ where: { id: reportId, state: 'open' } })) === 0) return false;
        const key = { reportId, arm, index, kind };
        const where = { reportId_arm_index_kind: key };
        await transaction.ciRun.upsert({ where, create: { ...key, ...file }, update: file });
        return true;
      });
    },
    async listCiRuns(reportId) {
      const runs = (await db().ciRun.findMany({ where: { reportId } })).map(toRun);
      return runs.sort((a, b) => compareText(a.arm, b.arm) || a.index - b.index || compareText(a.kind, b.kind));
    },
    async finishCiReport(id, { at, ...outcome }) {
      const data = { ...outcome, completedAt: new Date(at) };
      return (await db().ciReport.updateMany({ where: { id, state: 'open' }, data })).count > 0;
    },
    async removeCiReportsBefore(at) {
      return db().$transaction(async (transaction) => {
        const old = { createdAt: { lt: new Date(at) } };
        const runs = await transaction.ciRun.findMany({ where: { report: old }, select: { blobKey: true } });
        await transaction.ciReport.deleteMany({ where: old });
        const keys = [...new Set(runs.map(({ blobKey }) => blobKey))];
        const kept = await transaction.ciRun.findMany({ where: { blobKey: { in: keys } }, select: { blobKey: true } });
        const needed = new Set(kept.map(({ blobKey }) => blobKey));
        return keys.filter((key) => !needed.has(key));
      });
    },
    async getCiComment(key) {
      const row = await db().ciComment.findUnique({ where: commentWhere(key) });
      if (row === null) return undefined;
      const { commentId, bodyDigest, headSha, updatedAt } = row;
      return { commentId, bodyDigest, headSha, updatedAt: unixMs(updatedAt.getTime()) };
    },
    async putCiComment({ repo, pull, suite }, comment) {
      const key = { repo, pull, suite };
      const values = { ...comment, updatedAt: new Date(comment.updatedAt) };
      await db().ciComment.upsert({ where: commentWhere(key), create: { ...key, ...values }, update: values });
    },
    async removeCiComment({ repo, pull, suite }) {
      return (await db().ciComment.deleteMany({ where: { repo, pull, suite } })).count > 0;
    },
  };
}

function commentWhere({ repo, pull, suite }: CiCommentKey) {
  return { repo_pull_suite: { repo, pull, suite } };
}
