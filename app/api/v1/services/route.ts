import { pageOf } from '@/app/_server/page-of';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';

/** `GET /api/v1/services`: every service that ever sent something, by name, with its builds. */
export function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const { catalog } = currentContext();
    const page = pageOf(await catalog.listServices(), new URL(request.url).searchParams);
    const services = await Promise.all(
      page.rows.map(async (row) => ({
        service: row.service,
        firstSeen: new Date(row.firstSeen).toISOString(),
        lastSeen: new Date(row.lastSeen).toISOString(),
        goVersion: row.goVersion ?? null,
        builds: (await catalog.listBuilds(row.service)).map((build) => ({
          build: build.build,
          firstSeen: new Date(build.firstSeen).toISOString(),
          lastSeen: new Date(build.lastSeen).toISOString(),
        })),
      })),
    );
    return Response.json({
      schema: 'lockscope/services/v1',
      services,
      total: page.total,
      next: page.next,
      notes: [],
      left_out: {},
    });
  });
}
