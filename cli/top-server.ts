import { z } from 'zod';
import { errorMessage, LockscopeError } from '@/lib/errors';
import type { TopDocument } from '@/lib/query/result';
import type { ServerOptions } from './top-options';

const number = z.number().nullable();
const site = z.object({ id: z.string(), kind: z.string(), function: z.string(), file: z.string(), line: z.number() });
const lock = z.looseObject({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  waiting: z.looseObject({
    avg: number,
    max: number,
    maxAt: z.string().nullable(),
    bucketSeconds: number,
    pods: number,
    sumAvg: number,
  }),
  delaySeconds: number,
  contentions: number,
  meanWaitSeconds: number,
  share: number,
  waiters: z.array(
    z.looseObject({
      site,
      delaySeconds: z.number(),
      contentions: z.number(),
      meanWaitSeconds: number,
      share: number,
    }),
  ),
  holders: z.array(
    z.looseObject({
      site,
      role: z.enum(['holder', 'releaser']),
      delaySeconds: z.number(),
      contentions: z.number(),
      share: number,
    }),
  ),
  link: z.enum(['Exact', 'Strong', 'Inferred', 'Unlinked']),
  pattern: z.string().nullable(),
  rules: z.array(z.string()),
});

/** Loose: a newer server may tell more, and `--json` passes it on. */
const topSchema = z.looseObject({
  schema: z.literal('lockscope/top/v1'),
  window: z.object({ start: z.string().nullable(), end: z.string().nullable(), seconds: number }),
  inputs: z.array(
    z.object({ file: z.string(), type: z.string(), samples: z.number(), goVersion: z.string().nullable() }),
  ),
  locks: z.array(lock),
  waits: z.array(lock),
  idle: z.looseObject({ sites: z.number(), delaySeconds: z.number(), list: z.array(lock).optional() }),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  left_out: z.record(z.string(), z.unknown()),
});

const problemSchema = z.looseObject({ code: z.string().optional(), detail: z.string().optional() });

/**
 * Asks a server for the locks of a service. Throws `remote.unreachable`, `remote.refused` (with the server's words)
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
    throw new LockscopeError(
      'remote.refused',
      `${url.origin} answered ${response.status}${detail === '' ? '' : `: ${detail}`}`,
      {
        place: url.href,
      },
    );
  }
  const parsed = topSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LockscopeError(
    'remote.answer',
    `${url.origin} did not answer with lockscope/top/v1: ${issue?.path.join('.')} ${issue?.message}`,
  );
}
