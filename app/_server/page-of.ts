import { z } from 'zod';
import { parseQuery } from './parse-query';

const pageSchema = z.object({
  limit: z.coerce.number().int().min(0).max(10_000).default(100),
  cursor: z.coerce.number().int().min(0).default(0),
});

/** One page of a list with its total; `limit=0` gives all. `cursor` is the index of the first row. Throws `api.page`. */
export function pageOf<T>(
  rows: readonly T[],
  params: URLSearchParams,
): { rows: readonly T[]; total: number; next: string | null } {
  const { limit, cursor } = parseQuery(pageSchema, params, { code: 'api.page', fault: 'is no whole number in range' });
  const end = limit === 0 ? rows.length : cursor + limit;
  return { rows: rows.slice(cursor, end), total: rows.length, next: end < rows.length ? String(end) : null };
}
