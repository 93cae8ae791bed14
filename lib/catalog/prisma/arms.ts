import type { ArmCatalog, ArmRecord } from '@/lib/catalog/arms';
import type { TargetArm } from '@/lib/catalog/generated/sqlite/client';
import type { Connection } from '@/lib/catalog/prisma/client';
import { unixMs } from '@/lib/units';

export function armCalls(db: Connection): Omit<ArmCatalog, 'addTargetEvents'> {
  return {
    async listArms() {
      return (await db().targetArm.findMany({ orderBy: { targetId: 'asc' } })).map(toRecord);
    },
    async putArm(arm) {
      const { targetId, ...values } = toRow(arm);
      await db().targetArm.upsert({ where: { targetId }, create: { targetId, ...values }, update: values });
    },
    async removeArm(targetId) {
      return (await db().targetArm.deleteMany({ where: { targetId } })).count > 0;
    },
  };
}

function toRow(arm: ArmRecord): TargetArm {
  return {
    ...arm,
    threshold: arm.threshold ?? null,
    lockId: arm.lockId ?? null,
    armedAt: new Date(arm.armedAt),
    expiresAt: new Date(arm.expiresAt),
  };
}

function toRecord(row: TargetArm): ArmRecord {
  return {
    ...row,
    threshold: row.threshold ?? undefined,
    lockId: row.lockId ?? undefined,
    armedAt: unixMs(row.armedAt.getTime()),
    expiresAt: unixMs(row.expiresAt.getTime()),
  };
}
