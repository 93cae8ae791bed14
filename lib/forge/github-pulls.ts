import { ifThere } from './forge-error';
import type { GithubCalls } from './github';
import { linesOfPatch } from './patch-lines';
import type { Forge, Pull } from './port';

type PullCalls = Pick<Forge, 'getPull' | 'findPulls' | 'mergeBase' | 'readFile' | 'changedLines'>;

/** The part of the port that reads pull requests and what they change. */
export function githubPulls({ octokit, at, ask }: GithubCalls): PullCalls {
  return {
    async getPull(pull) {
      return pullOf((await ask(() => octokit.rest.pulls.get({ ...at, pull_number: pull }))).data);
    },
    async findPulls(headSha) {
      const pulls = await ask(() =>
        octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
          ...at,
          commit_sha: headSha,
          per_page: 100,
        }),
      );
      // The list has pull requests that merely contain the commit, closed ones too.
      return pulls
        .map(pullOf)
        .filter((pull) => pull.open && pull.headSha === headSha)
        .sort((a, b) => a.number - b.number);
    },
    async mergeBase(base, head) {
      const basehead = `${base}...${head}`;
      const compared = await ifThere(() =>
        ask(() => octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead })),
      );
      return compared?.data.merge_base_commit.sha;
    },
    async readFile(path, ref) {
      const file = await ifThere(() => ask(() => octokit.rest.repos.getContent({ ...at, path, ref })));
      if (file === undefined || Array.isArray(file.data) || file.data.type !== 'file') return undefined;
      return Buffer.from(file.data.content, 'base64').toString('utf8');
    },
    async changedLines(pull) {
      const files = await ask(() =>
        octokit.paginate(octokit.rest.pulls.listFiles, { ...at, pull_number: pull, per_page: 100 }),
      );
      const shown = files.flatMap(({ filename, patch }) =>
        patch === undefined ? [] : [{ file: filename, lines: linesOfPatch(patch) }],
      );
      return { files: shown, unseen: files.length - shown.length };
    },
  };
}

interface GithubPull {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
  readonly base: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } };
}

/** A head without a repository was a fork that is deleted. */
function pullOf({ number, state, head, base }: GithubPull): Pull {
  return {
    number,
    open: state === 'open',
    headSha: head.sha,
    baseBranch: base.ref,
    baseSha: base.sha,
    fork: head.repo?.full_name !== base.repo.full_name,
  };
}
