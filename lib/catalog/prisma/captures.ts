import type { CaptureCatalog, CaptureFilter } from '@/lib/catalog/captures';
import type { Prisma } from '@/lib/catalog/generated/sqlite/client';
import { toCapture, toCaptureRow, toLock, toLockRow } from '@/lib/catalog/prisma/capture-rows';
import type { Connection } from '@/lib/catalog/prisma/client';
import { errorCode } from '@/lib/errors';

const uniqueViolation = 'P2002'; // details differ by provider: only the code is read
const noAnalysis = {
  analysisKey: null,
  goVersion: null,
  durationMs: null,
  events: null,
  goroutines: null,
  errorCode: null,
  errorMessage: null,
};

export function captureCalls(db: Connection): CaptureCatalog {
  const find = async (where: Prisma.CaptureWhereUniqueInput) => {
    const row = await db().capture.findUnique({ where });
    return row === null ? undefined : toCapture(row);
  };
  return {
    async addCapture(capture) {
      const { digest } = capture;
      const known = await find({ digest });
      if (known !== undefined) return { capture: known, created: false };
      try {
        return { capture: toCapture(await db().capture.create({ data: toCaptureRow(capture) })), created: true };
      } catch (error) {
        const winner = errorCode(error) === uniqueViolation ? await find({ digest }) : undefined;
        if (winner === undefined) throw error;
        return { capture: winner, created: false };
      }
    },
    getCapture: (id) => find({ id }),
    async listCaptures({ limit, offset, ...filter }) {
      const where = whereOf(filter);
      const [rows, total] = await db().$transaction([
        db().capture.findMany({
          where,
          orderBy: [{ receivedAt: 'desc' }, { id: 'asc' }],
          take: limit,
          skip: offset,
          include: {
            locks: {
              where: filter.lock === undefined ? { isLock: true } : { lockId: filter.lock },
              orderBy: { rank: 'asc' },
              take: 1,
            },
          },
        }),
        db().capture.count({ where }),
      ]);
      const as = filter.lock === undefined ? 'worst' : 'lock';
      return {
        rows: rows.map(({ locks: [found], ...row }) => toCapture(row, found === undefined ? {} : { [as]: found })),
        total,
      };
    },
    async listCaptureLocks(id) {
      return (await db().captureLock.findMany({ where: { captureId: id }, orderBy: { rank: 'asc' } })).map(toLock);
    },
    async listCapturesOf(statuses) {
      const where = { status: { in: [...statuses] } };
      return (await db().capture.findMany({ where, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] })).map((row) =>
        toCapture(row),
      );
    },
    async setCaptureStatus(id, status, failure) {
      const { code = null, message = null, version = null } = failure ?? {};
      const outcome = { status, errorCode: code, errorMessage: message, analysisVersion: version };
      const [, { count }] = await db().$transaction([
        db().captureLock.deleteMany({ where: { captureId: id } }),
        db().capture.updateMany({ where: { id }, data: { ...noAnalysis, ...outcome } }),
      ]);
      return count > 0;
    },
    async finishCapture(id, { locks, version, blobKey, capturedAt, ...facts }) {
      return db().$transaction(async (transaction) => {
        const { count } = await transaction.capture.updateMany({
          where: { id },
          data: {
            ...noAnalysis,
            ...facts,
            status: 'done',
            analysisKey: blobKey,
            analysisVersion: version,
            ...(capturedAt === undefined ? {} : { capturedAt: new Date(capturedAt) }),
          },
        });
        if (count === 0) return false; // removed while it was analysed
        await transaction.captureLock.deleteMany({ where: { captureId: id } });
        await transaction.captureLock.createMany({ data: locks.map((lock, rank) => toLockRow(id, lock, rank)) });
        return true;
      });
    },
    async removeCapture(id) {
      return db().$transaction(async (transaction) => {
        const row = await transaction.capture.findUnique({ where: { id } });
        if (row === null) return undefined;
        await transaction.capture.delete({ where: { id } });
        const { blobKey, analysisKey } = row;
        if (analysisKey === null) return [blobKey];
        const shared = await transaction.capture.count({ where: { analysisKey } });
        return shared > 0 ? [blobKey] : [blobKey, analysisKey];
      });
    },
    async listCapturesBefore(at) {
      const where = { receivedAt: { lt: new Date(at) } };
      return (await db().capture.findMany({ where, orderBy: { receivedAt: 'asc' } })).map((row) => toCapture(row));
    },
  };
}

function whereOf({ service, orUnnamed = false, lock }: CaptureFilter): Prisma.CaptureWhereInput {
  return {
    ...(service === undefined ? {} : { OR: [{ service }, ...(orUnnamed ? [{ service: null }] : [])] }),
    ...(lock === undefined ? {} : { locks: { some: { lockId: lock } } }),
  };
}
