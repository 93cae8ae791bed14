import { currentContext, type LockscopeContext } from '@/lib/context';
import { LockscopeError } from '@/lib/errors';
import { parseView, type View } from '@/lib/selection/view';
import { unixMs } from '@/lib/units';

/** What an API call on one service works with. */
export interface ServiceCall {
  readonly context: LockscopeContext;
  readonly service: string;
  readonly view: View;
  readonly params: URLSearchParams;
}

/** Reads the query of an API call and checks that the service is known. Throws `query.no-service` and what parseView throws. */
export async function serviceCall(request: Request, service: string): Promise<ServiceCall> {
  const context = currentContext();
  const params = new URL(request.url).searchParams;
  const view = parseView(params, unixMs(Date.now()));
  const services = await context.catalog.listServices();
  if (!services.some((known) => known.service === service)) {
    throw new LockscopeError('query.no-service', `no service "${service}" has sent anything`, {
      place: 'path service',
    });
  }
  return { context, service, view, params };
}
