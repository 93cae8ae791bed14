import { pageOf } from '@/app/_server/page-of';
import { answer } from '@/app/_server/problem';
import { currentContext } from '@/lib/context';
import { serviceRow } from '@/lib/query/api/services';

/** `GET /api/v1/services`: every service that ever sent something, by name, with its builds. */
export function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const { catalog } = currentContext();
    const page = pageOf(await catalog.listServices(), new URL(request.url).searchParams);
    const services = await Promise.all(
      page.rows.map(async (row) => serviceRow(row, await catalog.listBuilds(row.service))),
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
