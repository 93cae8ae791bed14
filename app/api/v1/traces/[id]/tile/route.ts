import { z } from 'zod';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { type TraceParams, traceCall } from '@/app/_server/trace-call';

const querySchema = z.object({
  from: z.coerce.number().min(0),
  to: z.coerce.number().min(0),
  pixels: z.coerce.number().int().min(1).max(4_000).default(1_200),
  seen: z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/)
    .transform((text) => {
      const [fromNs = 0, toNs = 0] = text.split('-').map(Number);
      return { fromNs, toNs };
    })
    .optional(),
  lock: z.string().optional(),
  unfold: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  lanes: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,49}$/)
    .transform((text) => text.split(',').map(Number))
    .optional(),
});

/** `GET /api/v1/traces/{id}/tile`: what a window looks like, `from` to `to` in ns since the start of the trace. */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const { id, context, params } = await traceCall(request, route);
    // An empty parameter is one that is not given.
    for (const name of ['lock', 'unfold', 'lanes']) if (params.get(name) === '') params.delete(name);
    const { from, to, ...query } = parseQuery(querySchema, params, { code: 'api.tile', fault: 'is not understood' });
    const tile = await context.traces.tile(id, { fromNs: from, toNs: to, ...query });
    return Response.json({ schema: 'lockscope/trace-tile/v1', ...tile });
  });
}
