import { z } from 'zod';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { captureOf, type TraceParams, traceCall } from '@/app/_server/trace-call';
import { LockscopeError } from '@/lib/errors';
import { captureDocument } from '@/lib/query/api/captures';

const whole = z.coerce.number().int().min(0);
const querySchema = z.object({
  lock: z.string().max(500).optional(),
  top: whole.default(0),
  from: z.coerce.number().min(0).optional(),
  to: z.coerce.number().min(0).optional(),
  buckets: whole.min(1).max(4_000).default(200),
  task: whole.optional(),
  region: z.string().max(500).optional(),
  goroutine: whole.optional(),
});
type Query = z.output<typeof querySchema>;

/**
 * `GET /api/v1/traces/{id}`: `lockscope/trace/v1` of a capture, as `lockscope trace --json` prints it of the file, with
 * the critical path of one `task`, `region` or `goroutine`.
 */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const call = await traceCall(request, route);
    const query = parseQuery(querySchema, call.params, { code: 'api.trace', fault: 'is not understood' });
    const capture = await captureOf(call);
    const { lock, top, from, to, buckets } = query;
    const options = { lock, top, fromNs: from, toNs: to, buckets, request: requestOf(query) };
    const document = await call.context.traces.document(call.id, options);
    return Response.json({ ...document, capture: captureDocument(capture) });
  });
}

/** `DELETE /api/v1/traces/{id}`: the capture with its files. */
export function DELETE(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const { id, context } = await traceCall(request, route);
    await context.traces.remove(id);
    return new Response(null, { status: 204 });
  });
}

function requestOf({ task, region, goroutine }: Query) {
  const asked = [
    ...(task === undefined ? [] : [{ kind: 'task' as const, id: task }]),
    ...(region === undefined ? [] : [{ kind: 'region' as const, name: region }]),
    ...(goroutine === undefined ? [] : [{ kind: 'goroutine' as const, id: goroutine }]),
  ];
  if (asked.length > 1) {
    throw new LockscopeError('api.trace', 'one of task, region and goroutine, please', { place: 'query task' });
  }
  return asked[0];
}
