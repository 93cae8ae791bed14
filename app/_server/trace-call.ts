import type { CaptureRecord } from '@/lib/catalog/captures';
import { currentContext, type LockscopeContext } from '@/lib/context';
import { LockscopeError } from '@/lib/errors';

/** What a route below `/api/v1/traces/{id}` works with. */
export interface TraceCall {
  readonly id: string;
  readonly context: LockscopeContext;
  readonly params: URLSearchParams;
}

export type TraceParams = { readonly params: Promise<{ id: string }> };

export async function traceCall(request: Request, { params }: TraceParams): Promise<TraceCall> {
  return { id: (await params).id, context: currentContext(), params: new URL(request.url).searchParams };
}

/** Throws `trace.no-capture`. */
export async function captureOf({ id, context }: TraceCall): Promise<CaptureRecord> {
  const capture = await context.catalog.getCapture(id);
  if (capture !== undefined) return capture;
  throw new LockscopeError('trace.no-capture', `there is no trace ${id}`, { place: 'path id' });
}
