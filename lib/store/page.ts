import { LockscopeError } from '@/lib/errors';
import { compareText } from './order';
import type { Page, Paged } from './port';

/**
 * One page of rows sorted by a unique key. The cursor is the last key given out, so rows that come or go between two
 * pages repeat or hide none of the others. Throws `store.page` for a limit below 1.
 */
export function pageOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string, page: Page): Paged<Row> {
  if (!Number.isInteger(page.limit) || page.limit < 1) {
    throw new LockscopeError('store.page', `limit ${page.limit} is no integer above 0`, { place: 'query limit' });
  }
  const keyed = rows.map((row) => ({ key: keyOf(row), row })).sort((a, b) => compareText(a.key, b.key));
  const after = page.cursor === undefined ? undefined : Buffer.from(page.cursor, 'base64url').toString();
  const from = after === undefined ? 0 : keyed.findIndex(({ key }) => key > after);
  const start = from === -1 ? keyed.length : from;
  const taken = keyed.slice(start, start + page.limit);
  const last = taken.at(-1);
  return {
    rows: taken.map(({ row }) => row),
    total: rows.length,
    next:
      last === undefined || start + taken.length >= keyed.length
        ? undefined
        : Buffer.from(last.key).toString('base64url'),
  };
}
