import { z } from 'zod';
import { locksOptions } from '@/app/_server/locks-options';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
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
    const { top, stepSeconds } = parseQuery(querySchema, query, {
      code: 'api.series',
      fault: 'is no whole number in range',
    });
    const { locks, coverage, document } = await queryLocks(
      context.store,
      service,
      view,
      locksOptions(context.config, service, false),
    );
    const stepMs = stepSeconds === undefined ? stepFor(view.range, 300) : stepSeconds * 1_000;
    const timeline = await queryTimeline(context.store, service, view, locks, {
      stepMs,
      top,
      unit: view.unit,
      pods: coverage.pods.length,
    });
    return Response.json(seriesDocument(timeline, view.unit, [...document.notes]));
  });
}
