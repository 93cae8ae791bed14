import { parseBody } from '@/app/_server/parse-body';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { LockscopeError } from '@/lib/errors';
import { deployDocument, deployRequestSchema } from '@/lib/query/api/deploys';
import { type UnixMs, unixMs } from '@/lib/units';

/** Clocks differ; what lies further ahead is a mistake. */
const mostAheadMs = 3_600_000;

/** `POST /api/v1/deploys`: a build was rolled out, and what is known of it. The same again changes its note. */
export function POST(request: Request): Promise<Response> {
  return answer(async () => {
    const { catalog } = currentContext();
    const { at, time, note, ...facts } = await parseBody(deployRequestSchema, request, 'api.deploy');
    const now = Date.now();
    const deployedAt = instantOf(at) ?? unixMs(now);
    if (deployedAt > now + mostAheadMs) {
      throw new LockscopeError('api.deploy', `at: ${at} is more than an hour ahead`, { place: 'body at' });
    }
    const { service, build } = facts;
    await catalog.putBuild({ ...facts, time: instantOf(time) });
    const { deploy, created } = await catalog.addDeploy({ service, build, at: deployedAt, note });
    const isKnown = (await catalog.listServices()).some((known) => known.service === service);
    const notes = isKnown
      ? []
      : [{ code: 'deploy.no-service', message: `no profile of a service "${service}" has arrived yet` }];
    return Response.json(deployDocument(deploy, notes), { status: created ? 201 : 200 });
  });
}

function instantOf(text: string | undefined): UnixMs | undefined {
  return text === undefined ? undefined : unixMs(Date.parse(text));
}
