import { statusDocument } from '@/app/_server/capture-status';
import { answer } from '@/app/_server/problem';
import { type TraceParams, traceCall } from '@/app/_server/trace-call';

/** `POST /api/v1/traces/{id}/analyse`: analyses the capture again, or after a failure; answers with its status. */
export function POST(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const { id, context } = await traceCall(request, route);
    return Response.json(statusDocument(context, await context.traces.analyse(id)));
  });
}
