import 'server-only';
import { randomUUID } from 'node:crypto';
import { errorCode, errorMessage } from '@/lib/errors';

/** Why a panel has nothing to show; `id` is also in the server's log. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly id: string;
}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Runs a query for one panel, so that its failure stays in that panel and its message reaches the person. */
export async function attempt<T>(query: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await query() };
  } catch (error) {
    return { ok: false, problem: reportProblem(error) };
  }
}

/** Codes of what a visitor asked for and is not there, or cannot be read: no fault of ours, so no stack. */
const expected = [
  'query.no-',
  'upload.',
  'selection.',
  'flame.',
  'pprof.',
  'store.full',
  'store.busy',
  'store.timeout',
];

/** Logs an error under a short id, with its stack unless it is an expected one, and returns what a page may show of it. */
export function reportProblem(error: unknown): Problem {
  const problem = {
    code: errorCode(error) ?? 'internal',
    message: errorMessage(error),
    id: randomUUID().slice(0, 8),
  };
  const isExpected = expected.some((prefix) => problem.code.startsWith(prefix));
  console.error(`page error ${problem.id} (${problem.code}):`, isExpected ? problem.message : error);
  return problem;
}
