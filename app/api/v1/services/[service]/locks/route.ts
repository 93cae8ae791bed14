import { locksOptions } from '@/app/_server/locks-options';
import { pageOf } from '@/app/_server/page-of';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { queryLocks } from '@/lib/query/locks';
import { queryOverlaps } from '@/lib/query/overlaps';

/** `GET /api/v1/services/{service}/locks`: `lockscope/top/v1` for stored data; `idle=1` lists the idle waits. */
export function GET(request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  return answer(async () => {
    const { context, service, view, params: query } = await serviceCall(request, (await params).service);
    const [{ document }, overlaps] = await Promise.all([
      queryLocks(context.store, service, view, locksOptions(context.config, service, view.idle)),
      queryOverlaps(context.store, service, view),
    ]);
    const page = pageOf(document.locks, query);
    return Response.json({
      ...document,
      notes: [...document.notes, ...overlaps],
      locks: page.rows,
      total: page.total,
      next: page.next,
    });
  });
}
