import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { LockscopeError } from '@/lib/errors';
import { noAnswer, refusedBy } from './forge-error';
import { githubChecks } from './github-checks';
import { githubComments } from './github-comments';
import { githubPulls } from './github-pulls';
import type { Forge } from './port';

export interface GithubAccess {
  /** `owner/name`. */
  readonly repository: string;
  /** `https://api.github.com`; `https://host/api/v3` of an Enterprise server. */
  readonly apiUrl: string;
  readonly credentials: { readonly token: string } | { readonly appId: string; readonly privateKey: string };
  /** Unit of the pauses between attempts, ms; 1000 but for tests. */
  readonly pauseMs?: number;
}

/** One repository as Octokit's calls want it, and the client. */
export interface GithubCalls {
  readonly octokit: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
  /** Of an App; undefined = the token is somebody's, or of an installation that it does not name. */
  readonly appAccount: string | undefined;
  /** Runs one call; what it throws becomes an error of the port. */
  readonly ask: <T>(call: () => Promise<T>) => Promise<T>;
}

const apiVersion = '2022-11-28';
const Client = Octokit.plugin(throttling, retry);
/** A CI job does not wait longer for a rate limit; seconds. */
const longestPause = 120;
const mostAttempts = 2;

/** A repository on GitHub or GitHub Enterprise. Throws `config.forge` for a name that is not `owner/name`. */
export async function openGithub(access: GithubAccess): Promise<Forge> {
  const calls = await connect(access);
  return {
    kind: 'github',
    repository: access.repository,
    ...githubPulls(calls),
    ...githubComments(calls),
    ...githubChecks(calls),
  };
}

async function connect({ repository, apiUrl, credentials, pauseMs = 1000 }: GithubAccess): Promise<GithubCalls> {
  const [owner, repo, ...rest] = repository.split('/');
  if (!owner || !repo || rest.length > 0)
    throw new LockscopeError('config.forge', `${repository}: a repository is owner/name`);
  const again = (after: number, _options: unknown, _octokit: unknown, attempts: number) =>
    after <= longestPause && attempts < mostAttempts;
  const common = {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'lockscope',
    // Without an id all clients of the process wait for each other.
    throttle: {
      id: crypto.randomUUID(),
      retryAfterBaseValue: pauseMs,
      onRateLimit: again,
      onSecondaryRateLimit: again,
    },
    retry: { retryAfterBaseValue: pauseMs },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  };
  const ask = <T>(call: () => Promise<T>) => asForgeError(new URL(apiUrl).host, call);
  const at = { owner, repo };
  const { octokit, appAccount } =
    'token' in credentials
      ? { octokit: new Client({ ...common, auth: credentials.token }), appAccount: undefined }
      : await ask(() => asApp(common, credentials, at));
  pinVersion(octokit);
  return { octokit, at, appAccount, ask };
}

/** An App acts on a repository through its installation there. */
async function asApp(
  common: ConstructorParameters<typeof Client>[0] & object,
  { appId, privateKey }: { readonly appId: string; readonly privateKey: string },
  at: { readonly owner: string; readonly repo: string },
): Promise<{ readonly octokit: Octokit; readonly appAccount: string }> {
  const app = new Client({ ...common, authStrategy: createAppAuth, auth: { appId, privateKey } });
  pinVersion(app);
  const { data } = await app.rest.apps.getRepoInstallation(at);
  const auth = { appId, privateKey, installationId: data.id };
  return { octokit: new Client({ ...common, authStrategy: createAppAuth, auth }), appAccount: `${data.app_slug}[bot]` };
}

function pinVersion(octokit: Octokit): void {
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
}

async function asForgeError<T>(host: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
      throw noAnswer(host, error);
    // A request that got no answer has Octokit's status 500 and no response.
    if (!('response' in error) || error.response === undefined) throw noAnswer(host, error);
    throw refusedBy(host, error.status, error.message, error);
  }
}
