import { z } from 'zod';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { captureDocument } from '@/lib/query/api/captures';

const querySchema = z.object({
  service: z.string().optional(),
  lock: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  limit: z.coerce.number().int().min(0).max(10_000).default(100),
  cursor: z.coerce.number().int().min(0).default(0),
});

/** As many rows as both databases take as a number. */
const all = 2 ** 31 - 1;

/** `GET /api/v1/traces`: captures, newest first (`service`, `lock`: those that show it, with their numbers of it). */
export function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const params = new URL(request.url).searchParams;
    const query = parseQuery(querySchema, params, { code: 'api.traces', fault: 'is not understood' });
    const { service, lock, limit, cursor } = query;
    const { rows, total } = await currentContext().catalog.listCaptures({
      ...(service === undefined ? {} : { service }),
      ...(lock === undefined ? {} : { lock }),
      limit: limit === 0 ? all : limit,
      offset: cursor,
    });
    const end = cursor + rows.length;
    return Response.json({
      schema: 'lockscope/traces/v1',
      traces: rows.map(captureDocument),
      total,
      next: end < total ? String(end) : null,
      notes: [],
      left_out: {},
    });
  });
}
