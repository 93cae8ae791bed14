import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { LockscopeError } from '@/lib/errors';

type Context = { readonly params: Promise<{ id: string; wait: string }> };

/** `GET /api/v1/traces/{id}/waits/{n}`: one wait in full, with the chain up to what nobody waited for. */
export function GET(_request: Request, { params }: Context): Promise<Response> {
  return answer(async () => {
    const { id, wait } = await params;
    if (!/^\d{1,9}$/.test(wait)) {
      throw new LockscopeError('api.wait', `"${wait.slice(0, 40)}" is no number of a wait`, { place: 'path wait' });
    }
    const detail = await currentContext().traces.wait(id, Number(wait));
    return Response.json({ schema: 'lockscope/trace-wait/v1', ...detail });
  });
}
