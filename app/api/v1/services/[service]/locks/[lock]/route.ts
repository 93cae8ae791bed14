import { locksOptions } from '@/app/_server/locks-options';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { lockDocument } from '@/lib/query/api/lock';
import { queryLock } from '@/lib/query/lock';
import { queryOverlaps } from '@/lib/query/overlaps';

type Context = { params: Promise<{ service: string; lock: string }> };

/** One lock with its timeline, pods and builds (`lockscope/lock/v1`). */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(async () => {
    const { service: name, lock } = await params;
    const { context, service, view } = await serviceCall(request, name);
    const options = locksOptions(context.config, service, true);
    const [detail, overlaps] = await Promise.all([
      queryLock(context.store, service, view, lock, options),
      queryOverlaps(context.store, service, view),
    ]);
    return Response.json(lockDocument({ ...detail, notes: [...detail.notes, ...overlaps] }));
  });
}
