import { Readable } from 'node:stream';
import { answer } from '@/app/_server/problem';
import { captureOf, type TraceParams, traceCall } from '@/app/_server/trace-call';
import { LockscopeError } from '@/lib/errors';

/** `GET /api/v1/traces/{id}/file`: the trace as it came, for `go tool trace`. */
export function GET(request: Request, route: TraceParams): Promise<Response> {
  return answer(async () => {
    const call = await traceCall(request, route);
    const { blobKey, sizeBytes, filename } = await captureOf(call);
    const { blobs } = call.context;
    if (!(await blobs.has(blobKey))) throw new LockscopeError('trace.gone', 'the file of this trace is gone');
    const pieces = Readable.toWeb(Readable.from(blobs.stream(blobKey)));
    // Node's web streams are the platform's; only their types have two names.
    return new Response(pieces as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(sizeBytes),
        'content-disposition': `attachment; filename="${filename.replace(/[^A-Za-z0-9._-]/g, '_')}"`,
      },
    });
  });
}
