import { parseBody } from '@/app/_server/parse-body';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { armDocument, armRequestSchema } from '@/lib/query/api/arm';
import { traceOverhead } from '@/lib/report/trace-overhead';

type Context = { readonly params: Promise<{ id: string }> };
const notes = [{ code: 'trace.overhead', message: traceOverhead }];

/** `GET /api/v1/targets/{id}/arm`: what the target waits for. */
export function GET(_request: Request, { params }: Context): Promise<Response> {
  return answer(async () => Response.json(armDocument(currentContext().targetTraces.armed((await params).id), [])));
}

/** `POST /api/v1/targets/{id}/arm`: records a trace when the next stall is seen. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answer(async () => {
    const { lock, threshold, forSeconds, ...order } = await parseBody(armRequestSchema, request, 'api.arm');
    const state = await currentContext().targetTraces.arm((await params).id, {
      ...order,
      threshold,
      lockId: lock,
      forMs: forSeconds === undefined ? undefined : forSeconds * 1_000,
    });
    return Response.json(armDocument(state, notes), { status: 201 });
  });
}

/** `DELETE /api/v1/targets/{id}/arm`. */
export function DELETE(_request: Request, { params }: Context): Promise<Response> {
  return answer(async () => {
    await currentContext().targetTraces.disarm((await params).id);
    return Response.json(armDocument(undefined, []));
  });
}
