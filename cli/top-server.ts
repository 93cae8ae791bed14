import { z } from 'zod';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { topSchema } from '@/lib/query/api/top';
import type { TopDocument } from '@/lib/query/result';
import type { ServerOptions } from './top-options';

const problemSchema = z.looseObject({
  code: z.string().optional(),
  detail: z.string().optional(),
  place: z.string().optional(),
});

/**
 * Asks a server for the locks of a service. Throws `cli.usage` for an argument that the server names as wrong,
 * `remote.unreachable`, `remote.refused` (with the server's words)
 * or `remote.answer` when what came back is no `lockscope/top/v1`.
 */
export async function fetchTopDocument(options: ServerOptions): Promise<TopDocument> {
  const path = `api/v1/services/${encodeURIComponent(options.service)}/locks`;
  const url = new URL(path, options.url.endsWith('/') ? options.url : `${options.url}/`);
  url.search = options.query.toString();
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  let response: Response;
  try {
    response = await fetch(url, { headers });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? errorMessage(error.cause) : errorMessage(error);
    throw new LockscopeError('remote.unreachable', `${url.origin}: ${cause}`, { place: url.href, cause: error });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = problemSchema.safeParse(body);
    const detail = problem.success ? (problem.data.detail ?? problem.data.code ?? '') : '';
    // The query is made of our arguments, so a parameter that is wrong is an argument that is.
    if (response.status === 400 && problem.data?.place?.startsWith('query '))
      throw new LockscopeError('cli.usage', detail);
    throw new LockscopeError(
      'remote.refused',
      `${url.origin} answered ${response.status}${detail === '' ? '' : `: ${detail}`}`,
      {
        place: url.href,
      },
    );
  }
  const parsed = topSchema.safeParse(body);
  // The schema has just accepted it; the body itself is passed on, since a newer server may tell more.
  if (parsed.success) return body as TopDocument;
  const issue = parsed.error.issues[0];
  throw new LockscopeError(
    'remote.answer',
    `${url.origin} did not answer with lockscope/top/v1: ${issue?.path.join('.')} ${issue?.message}`,
  );
}
