import { answer } from '@/app/_server/problem';
import { captureOf, type TraceParams, traceCall } from '@/app/_server/trace-call';
import { captureDocument } from '@/lib/query/api/captures';
import { traceDocument } from '@/lib/query/api/trace';

/** Buckets of the states over time. */
const buckets = 200;

/** `GET /api/v1/traces/{id}`: `lockscope/trace/v1` of a capture, as `lockscope trace --json` prints it of the file. */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const call = await traceCall(request, route);
    const { traces } = call.context;
    const capture = await captureOf(call);
    const summary = await traces.summary(call.id);
    const whole = await traces.tile(call.id, { fromNs: 0, toNs: Math.max(1, summary.durationNs), pixels: buckets });
    return Response.json({ ...traceDocument(summary, whole), capture: captureDocument(capture) });
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
