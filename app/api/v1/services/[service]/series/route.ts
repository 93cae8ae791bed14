import { z } from 'zod';
import { locksOptions } from '@/app/_server/locks-options';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { LockscopeError } from '@/lib/errors';
import { seriesDocument } from '@/lib/query/api/series';
import { queryLocks } from '@/lib/query/locks';
import { queryTimeline } from '@/lib/query/timeline';
import { stepFor } from '@/lib/selection/range';

const querySchema = z.object({
  top: z.coerce.number().int().min(1).max(100).default(7),
  stepSeconds: z.coerce.number().int().min(1).max(604_800).optional(),
});

/** `GET /api/v1/services/{service}/series`: goroutines waiting by lock over time (`top`, `stepSeconds`, `unit=pod|sum`). */
export function GET(request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  return answer(async () => {
    const { context, service, view, params: query } = await serviceCall(request, (await params).service);
    const parsed = querySchema.safeParse({
      top: query.get('top') ?? undefined,
      stepSeconds: query.get('stepSeconds') ?? undefined,
    });
    if (!parsed.success) {
      const name = String(parsed.error.issues[0]?.path[0] ?? 'top');
      throw new LockscopeError('api.series', `${name}: "${query.get(name)}" is no whole number in range`, {
        place: `query ${name}`,
      });
    }
    const { locks, coverage, document } = await queryLocks(
      context.store,
      service,
      view,
      locksOptions(context.config, service, false),
    );
    const stepMs = parsed.data.stepSeconds === undefined ? stepFor(view.range, 300) : parsed.data.stepSeconds * 1_000;
    const timeline = await queryTimeline(context.store, service, view, locks, {
      stepMs,
      top: parsed.data.top,
      unit: view.unit,
      pods: coverage.pods.length,
    });
    return Response.json(seriesDocument(timeline, view.unit, [...document.notes]));
  });
}
