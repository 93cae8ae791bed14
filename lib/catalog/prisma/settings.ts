import type { Catalog } from '@/lib/catalog/port';
import type { Connection } from '@/lib/catalog/prisma/client';

type SettingCalls = Pick<Catalog, 'getSetting' | 'putSetting'>;

export function settingCalls(db: Connection): SettingCalls {
  return {
    async getSetting(key) {
      const row = await db().setting.findUnique({ where: { key } });
      // A JSON null inside the column needs Prisma's own marker, so values are wrapped.
      return row !== null && typeof row.value === 'object' && row.value !== null && 'value' in row.value
        ? row.value.value
        : undefined;
    },
    async putSetting(key, value) {
      const data = { value: JSON.parse(JSON.stringify({ value })), updatedAt: new Date() };
      await db().setting.upsert({ where: { key }, create: { key, ...data }, update: data });
    },
  };
}
