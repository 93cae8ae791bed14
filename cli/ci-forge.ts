import { LockscopeError } from '@/lib/errors';
import { openGitea } from '@/lib/forge/gitea';
import { openGithub } from '@/lib/forge/github';
import type { Forge } from '@/lib/forge/port';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The forge that runs this job, by its variables: `GITHUB_API_URL` on GitHub and Enterprise, `GITHUB_SERVER_URL` on
 * Gitea and Forgejo, whose runners set the names of GitHub beside `GITEA_ACTIONS` or `FORGEJO_ACTIONS`. Throws
 * `config.forge` without a token.
 */
export async function openForge(
  env: Env,
  repository: string,
  asked: { readonly token: string | undefined; readonly forge: 'github' | 'gitea' | undefined },
): Promise<Forge> {
  const kind = asked.forge ?? (isGitea(env) ? 'gitea' : 'github');
  const token =
    asked.token ??
    env.LOCKSCOPE_FORGE_TOKEN ??
    (kind === 'gitea' ? (env.GITEA_TOKEN ?? env.GITHUB_TOKEN) : env.GITHUB_TOKEN);
  if (token === undefined || token === '')
    throw new LockscopeError('config.forge', 'no token: give --token, LOCKSCOPE_FORGE_TOKEN or GITHUB_TOKEN');
  if (kind === 'gitea') {
    const url = env.GITEA_URL ?? env.GITHUB_SERVER_URL;
    if (url === undefined) throw new LockscopeError('config.forge', 'no address: GITEA_URL or GITHUB_SERVER_URL');
    return openGitea({ repository, url, token });
  }
  const apiUrl = env.GITHUB_API_URL ?? 'https://api.github.com';
  return openGithub({ repository, apiUrl, credentials: { token } });
}

function isGitea(env: Env): boolean {
  return env.GITEA_ACTIONS === 'true' || env.FORGEJO_ACTIONS === 'true';
}
