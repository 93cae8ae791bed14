import { locksOptions } from '@/app/_server/locks-options';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { queryLock } from '@/lib/query/lock';

/** `GET /api/v1/services/{service}/locks/{lock}`: one lock with callers, timeline, pods and builds (`lockscope/lock/v1`). */
export function GET(
  request: Request,
  { params }: { params: Promise<{ service: string; lock: string }> },
): Promise<Response> {
  return answer(async () => {
    const { service: name, lock } = await params;
    const { context, service, view } = await serviceCall(request, name);
    const detail = await queryLock(context.store, service, view, lock, locksOptions(context.config, service, true));
    return Response.json({
      schema: 'lockscope/lock/v1',
      lock: detail.entry.lock,
      conservation: detail.entry.conservation ?? null,
      holdSeconds: detail.entry.holdSeconds ?? null,
      timeline: {
        from: new Date(detail.timeline.from).toISOString(),
        stepSeconds: detail.timeline.stepMs / 1_000,
        avg: detail.timeline.avg,
        max: detail.timeline.max,
      },
      pods: detail.heat.rows,
      builds: detail.builds.map((build) => ({ ...build, first: new Date(build.first).toISOString() })),
      stalls: {
        count: detail.stalls.count,
        starts: detail.stalls.starts.map((at) => new Date(at).toISOString()),
        everySeconds: detail.stalls.everySeconds ?? null,
        pods: detail.stalls.pods,
        inPhase: detail.stalls.inPhase,
      },
      notes: detail.notes,
      left_out: {},
    });
  });
}
