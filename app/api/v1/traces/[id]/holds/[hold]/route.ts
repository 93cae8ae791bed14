import { z } from 'zod';
import { readHold } from '@/app/_captures/read-hold';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { readHoldName } from '@/components/trace/hold-detail';
import { currentContext } from '@/lib/context';
import { LockscopeError } from '@/lib/errors';

type Context = { readonly params: Promise<{ id: string; hold: string }> };

const querySchema = z.object({ lock: z.string().min(1) });

/** `GET /api/v1/traces/{id}/holds/{g}-{end}`: the hold of `lock` that goroutine `g` ended `end` ns into the trace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(async () => {
    const { id, hold } = await params;
    const name = readHoldName(hold);
    if (name === undefined) {
      throw new LockscopeError('api.hold', `"${hold.slice(0, 40)}" names no hold: expected 21-90155328`, {
        place: 'path hold',
      });
    }
    const query = new URL(request.url).searchParams;
    const { lock } = parseQuery(querySchema, query, { code: 'api.hold', fault: 'is not understood' });
    const detail = await readHold(currentContext().traces, id, { ...name, lock });
    return Response.json({ schema: 'lockscope/trace-hold/v1', ...detail });
  });
}
