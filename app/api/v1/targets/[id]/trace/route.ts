import { z } from 'zod';
import { parseBody } from '@/app/_server/parse-body';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { captureDocument } from '@/lib/query/api/captures';
import { traceOverhead } from '@/lib/report/trace-overhead';
import { longestSeconds, usualSeconds } from '@/lib/traces/target-port';

const bodySchema = z.strictObject({ seconds: z.number().int().min(1).max(longestSeconds).default(usualSeconds) });

/** `POST /api/v1/targets/{id}/trace`: records `seconds` of a scrape target, and answers when the trace is stored. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const { seconds } = await parseBody(bodySchema, request, 'api.trace');
    const { capture, created } = await currentContext().targetTraces.record((await params).id, seconds);
    const document = {
      schema: 'lockscope/target-trace/v1',
      capture: captureDocument(capture),
      notes: [{ code: 'trace.overhead', message: traceOverhead }],
    };
    return Response.json(document, { status: created ? 201 : 200 });
  });
}
