import { statusDocument } from '@/app/_server/capture-status';
import { answer } from '@/app/_server/problem';
import { captureOf, type TraceParams, traceCall } from '@/app/_server/trace-call';

/** `GET /api/v1/traces/{id}/status`: the capture, and how far its analysis is. */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const call = await traceCall(request, route);
    return Response.json(statusDocument(call.context, await captureOf(call)));
  });
}
