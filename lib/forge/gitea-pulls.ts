import parseDiff from 'parse-diff';
import { z } from 'zod';
import { ifThere } from './forge-error';
import type { GiteaCalls } from './gitea';
import { linesOfFile } from './patch-lines';
import type { Forge, Pull } from './port';

type PullCalls = Pick<Forge, 'getPull' | 'findPulls' | 'mergeBase' | 'readFile' | 'changedLines'>;

// The client's types say that every member may be missing.
const pullSchema = z.object({
  number: z.number(),
  state: z.string(),
  merge_base: z.string().optional(),
  head: z.object({ sha: z.string(), repo_id: z.number().optional() }),
  base: z.object({ sha: z.string(), ref: z.string(), repo_id: z.number().optional() }),
});
const contentSchema = z.object({ type: z.string().optional(), content: z.string().nullish() });
const pageSize = 50;

/** The part of the port that reads pull requests and what they change. */
export function giteaPulls({ api, owner, repo, ask }: GiteaCalls): PullCalls {
  const openPulls = async () => {
    const pulls: z.infer<typeof pullSchema>[] = [];
    for (let page = 1; ; page++) {
      const query = { state: 'open' as const, page, limit: pageSize };
      const more = z.array(pullSchema).parse(await ask(() => api.repos.repoListPullRequests(owner, repo, query)));
      pulls.push(...more);
      if (more.length < pageSize) return pulls;
    }
  };
  return {
    async getPull(pull) {
      return pullOf(pullSchema.parse(await ask(() => api.repos.repoGetPullRequest(owner, repo, pull))));
    },
    async findPulls(headSha) {
      const pulls = (await openPulls()).map(pullOf);
      return pulls.filter((pull) => pull.headSha === headSha).sort((a, b) => a.number - b.number);
    },
    async mergeBase(base, head) {
      // Only a pull request tells its merge base; `base` is the branch or commit that it goes into.
      const pull = (await openPulls()).find(
        (one) => one.head.sha === head && [one.base.sha, one.base.ref].includes(base),
      );
      return pull?.merge_base;
    },
    async readFile(path, ref) {
      const name = path.split('/').map(encodeURIComponent).join('/');
      const answer = await ifThere(() => ask(() => api.repos.repoGetContents(owner, repo, name, { ref })));
      if (answer === undefined) return undefined;
      const file = contentSchema.parse(answer);
      if (file.type !== 'file' || typeof file.content !== 'string') return undefined;
      return Buffer.from(file.content, 'base64').toString('utf8');
    },
    async changedLines(pull) {
      const text = await ask(() =>
        api.repos.repoDownloadPullDiffOrPatch(owner, repo, pull, 'diff', {}, { format: 'text' }),
      );
      const files = parseDiff(text).filter(({ to }) => to !== undefined && to !== '/dev/null');
      const shown = files.filter(({ chunks }) => chunks.length > 0);
      return {
        files: shown.map((file) => ({ file: file.to ?? '', lines: linesOfFile(file) })),
        unseen: files.length - shown.length,
      };
    },
  };
}

function pullOf({ number, state, head, base }: z.infer<typeof pullSchema>): Pull {
  return {
    number,
    open: state === 'open',
    headSha: head.sha,
    baseBranch: base.ref,
    baseSha: base.sha,
    fork: head.repo_id !== base.repo_id,
  };
}
