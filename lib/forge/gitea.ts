import { type Api, giteaApi, type HttpResponse } from 'gitea-js';
import pRetry from 'p-retry';
import { errorCode, LockscopeError } from '@/lib/errors';
import { noAnswer, refusedBy } from './forge-error';
import { giteaComments } from './gitea-comments';
import { giteaPulls } from './gitea-pulls';
import type { Check, CheckOutcome, Forge } from './port';

export interface GiteaAccess {
  /** `owner/name`. */
  readonly repository: string;
  /** `https://host`, without `/api/v1`. */
  readonly url: string;
  readonly token: string;
  /** Unit of the pauses between attempts, ms; 1000 but for tests. */
  readonly pauseMs?: number;
}

/** The client, the repository, and one way to call: what it throws is an error of the port. */
export interface GiteaCalls {
  readonly api: Api<unknown>;
  readonly owner: string;
  readonly repo: string;
  readonly ask: <T>(call: () => Promise<HttpResponse<T, unknown>>) => Promise<T>;
}

const longestDescription = 140;
const attempts = 3;

/** A repository on Gitea or Forgejo. There are no check runs and no annotations: the commit status is all. */
export function openGitea({ repository, url, token, pauseMs = 1000 }: GiteaAccess): Forge {
  const [owner, repo] = /^[\w.-]+\/[\w.-]+$/.test(repository) ? repository.split('/') : [];
  if (owner === undefined || repo === undefined)
    throw new LockscopeError('config.forge', `${repository}: a repository is owner/name`);
  const { host } = new URL(url);
  const api = giteaApi(url.replace(/\/+$/, ''), { token });
  const ask = <T>(call: () => Promise<HttpResponse<T, unknown>>): Promise<T> =>
    pRetry(async () => (await asForgeError(host, call)).data, {
      retries: attempts - 1,
      minTimeout: pauseMs,
      shouldRetry: ({ error }) => errorCode(error) === 'forge.unreachable',
    });
  const calls = { api, owner, repo, ask };
  return {
    kind: 'gitea',
    repository,
    ...giteaPulls(calls),
    ...giteaComments(calls),
    setCheck: (check) => setStatus(calls, check),
  };
}

async function setStatus({ api, owner, repo, ask }: GiteaCalls, check: Check): Promise<CheckOutcome> {
  const { sha, name, state, title, link } = check;
  await ask(() =>
    api.repos.repoCreateStatus(owner, repo, sha, {
      context: name,
      state: { running: 'pending', neutral: 'warning', success: 'success', failure: 'failure' }[state],
      description: title.slice(0, longestDescription),
      ...(link === undefined ? {} : { target_url: link }),
    }),
  );
  return { as: 'status' };
}

/** The client throws the response itself for a status that is no success. */
async function asForgeError<T>(host: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Response) throw refusedBy(host, error.status, wordsOf(error), error);
    throw noAnswer(host, error);
  }
}

function wordsOf(response: Response): string {
  const body: unknown = 'error' in response ? response.error : undefined;
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  return typeof message === 'string' ? message : response.statusText;
}
