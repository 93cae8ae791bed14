import { z } from 'zod';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { type TraceParams, traceCall } from '@/app/_server/trace-call';

const querySchema = z.object({
  q: z.string().max(500).default(''),
  offset: z.coerce.number().int().min(0).default(0),
});

/** `GET /api/v1/traces/{id}/search`: waits and intervals that `q` describes (`state:rlock dur:>1s fn:GetConfig`), longest first. */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const { id, context, params } = await traceCall(request, route);
    const { q, offset } = parseQuery(querySchema, params, { code: 'api.search', fault: 'is not understood' });
    return Response.json({ schema: 'lockscope/trace-search/v1', ...(await context.traces.search(id, q, offset)) });
  });
}
