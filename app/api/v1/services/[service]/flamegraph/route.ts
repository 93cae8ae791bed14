import { z } from 'zod';
import { parseQuery } from '@/app/_server/parse-query';
import { answer } from '@/app/_server/problem';
import { serviceCall } from '@/app/_server/service-view';
import { parseTransforms } from '@/lib/flamegraph/transform';
import { encodeProfile } from '@/lib/pprof/encode';
import { flamegraphDocument } from '@/lib/query/api/flamegraph';
import { queryFlame, queryProfile } from '@/lib/query/flame';
import type { Cover } from '@/lib/store/port';

const querySchema = z.object({
  type: z.string().default('block:delay'),
  format: z.enum(['json', 'pprof']).default('json'),
  maxNodes: z.coerce.number().int().min(1).max(100_000).default(1_500),
  t: z.string().default(''),
  invert: z.enum(['0', '1']).default('0'),
});

/**
 * `GET /api/v1/services/{service}/flamegraph`: the folded tree (`lockscope/flamegraph/v1`; `type`, `maxNodes`, `t`,
 * `invert`), or with `format=pprof` the merged profile as gzipped pprof.
 */
export function GET(request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  return answer(async () => {
    const { context, service, view, params: query } = await serviceCall(request, (await params).service);
    const {
      type: typeId,
      format,
      maxNodes,
      t,
      invert,
    } = parseQuery(querySchema, query, { code: 'api.flamegraph', fault: 'is not accepted' });
    if (format === 'pprof') {
      const { profile, type, cover } = await queryProfile(context.store, service, view, typeId);
      return pprofResponse(encodeProfile(profile), `${service}-${type.name}-${type.sampleType}`, cover);
    }
    const flame = await queryFlame(context.store, service, view, {
      typeId,
      transforms: parseTransforms(t),
      invert: invert === '1',
      limits: { maxNodes, minShare: 0 },
    });
    return Response.json(flamegraphDocument(flame));
  });
}

/** What pprof has no field for is in headers: how many series and how much wall time are in the sum. */
function pprofResponse(bytes: Uint8Array, name: string, { series, wallMs }: Cover): Response {
  const fileName = name.replace(/[^A-Za-z0-9._-]/g, '_');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${fileName}.pb.gz"`,
      'lockscope-series': `${series}`,
      'lockscope-wall-seconds': `${wallMs / 1e3}`,
    },
  });
}
