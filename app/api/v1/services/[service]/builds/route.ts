import { z } from 'zod';
import { locksOptions } from '@/app/_server/locks-options';
import { pageOf } from '@/app/_server/page-of';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { buildsDocument } from '@/lib/query/api/builds';
import { resolveBaseline } from '@/lib/query/baseline';
import { mostRows, queryBuilds } from '@/lib/query/builds';

const querySchema = z.object({ top: z.coerce.number().int().min(1).max(mostRows).default(8) });

/** `GET /api/v1/services/{service}/builds`: what each build waited at the busiest locks, and which build made it worse. */
export function GET(request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  return answer(async () => {
    const { context, service, view, params: query } = await serviceCall(request, (await params).service);
    const { top } = parseQuery(querySchema, query, { code: 'api.builds', fault: `is no whole number 1..${mostRows}` });
    const { store, config, catalog } = context;
    const [builds, deploys, baseline, result] = await Promise.all([
      catalog.listBuilds(service),
      catalog.listDeploys(service),
      catalog.getBaseline(service),
      queryBuilds(store, service, view, { ...locksOptions(config, service, false), top }),
    ]);
    const resolved = resolveBaseline(baseline.baseline, { builds, range: view.range });
    const known = { result, deploys, baseline, resolved };
    return Response.json(buildsDocument(service, view.range, pageOf(builds, query), known));
  });
}
