import { errorCode } from '@/lib/errors';
import type { GithubCalls } from './github';
import type { Comment, Forge } from './port';

type CommentCalls = Pick<Forge, 'author' | 'listComments' | 'createComment' | 'updateComment' | 'deleteComment'>;

/** The part of the port that reads and writes comments. */
export function githubComments({ octokit, at, appAccount, ask }: GithubCalls): CommentCalls {
  const gone = async (call: () => Promise<unknown>): Promise<boolean> => {
    try {
      await ask(call);
      return true;
    } catch (error) {
      if (errorCode(error) === 'forge.missing') return false;
      throw error;
    }
  };
  return {
    async author() {
      if (appAccount !== undefined) return appAccount;
      try {
        return (await ask(() => octokit.rest.users.getAuthenticated())).data.login;
      } catch (error) {
        // Tokens of installations, those of Actions among them, have no user; whose they are the first comment shows.
        if (errorCode(error) === 'forge.refused') return undefined;
        throw error;
      }
    },
    async listComments(pull) {
      const comments = await ask(() =>
        octokit.paginate(octokit.rest.issues.listComments, { ...at, issue_number: pull, per_page: 100 }),
      );
      return comments.map(commentOf);
    },
    async createComment(pull, body) {
      return commentOf((await ask(() => octokit.rest.issues.createComment({ ...at, issue_number: pull, body }))).data);
    },
    updateComment: (id, body) => gone(() => octokit.rest.issues.updateComment({ ...at, comment_id: Number(id), body })),
    deleteComment: (id) => gone(() => octokit.rest.issues.deleteComment({ ...at, comment_id: Number(id) })),
  };
}

interface GithubComment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/** The account of a deleted user is null. */
function commentOf({ id, body, user }: GithubComment): Comment {
  return { id: String(id), author: user?.login ?? '', body: body ?? '' };
}
