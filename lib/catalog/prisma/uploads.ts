import { z } from 'zod';
import type { Upload } from '@/lib/catalog/generated/sqlite/client';
import type { Catalog, NewUpload, UploadRecord } from '@/lib/catalog/port';
import type { Connection } from '@/lib/catalog/prisma/client';
import { errorCode } from '@/lib/errors';
import { unixMs } from '@/lib/units';

type UploadCalls = Pick<Catalog, 'addUpload' | 'getUpload' | 'listUploads' | 'removeUploadsBefore'>;

const labelsSchema = z.record(z.string(), z.string());
const uniqueViolation = 'P2002'; // details differ by provider: only the code is read

export function uploadCalls(db: Connection): UploadCalls {
  const find = async (digest: string) => {
    const row = await db().upload.findUnique({ where: { digest } });
    return row === null ? undefined : toRecord(row);
  };
  return {
    async addUpload(upload) {
      const known = await find(upload.digest);
      if (known !== undefined) return { upload: known, created: false };
      try {
        return { upload: toRecord(await db().upload.create({ data: toRow(upload) })), created: true };
      } catch (error) {
        const winner = errorCode(error) === uniqueViolation ? await find(upload.digest) : undefined;
        if (winner === undefined) throw error;
        return { upload: winner, created: false };
      }
    },
    async getUpload(id) {
      const row = await db().upload.findUnique({ where: { id } });
      return row === null ? undefined : toRecord(row);
    },
    async listUploads({ limit, offset }) {
      const [rows, total] = await db().$transaction([
        db().upload.findMany({ orderBy: [{ receivedAt: 'desc' }, { id: 'asc' }], take: limit, skip: offset }),
        db().upload.count(),
      ]);
      return { rows: rows.map(toRecord), total };
    },
    async removeUploadsBefore(at) {
      const rows = await db().upload.findMany({ where: { receivedAt: { lt: new Date(at) } } });
      if (rows.length > 0) await db().upload.deleteMany({ where: { id: { in: rows.map((row) => row.id) } } });
      return rows.map(toRecord);
    },
  };
}

function toRow(upload: NewUpload) {
  return {
    ...upload,
    id: upload.digest.slice(0, 16),
    service: upload.service ?? null,
    build: upload.build ?? null,
    labels: { ...upload.labels },
    receivedAt: new Date(upload.receivedAt),
  };
}

function toRecord(row: Upload): UploadRecord {
  return {
    ...row,
    service: row.service ?? undefined,
    build: row.build ?? undefined,
    labels: labelsSchema.parse(row.labels),
    receivedAt: unixMs(row.receivedAt.getTime()),
  };
}
