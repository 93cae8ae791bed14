import { z } from 'zod';
import { errorCode } from '@/lib/errors';
import type { GiteaCalls } from './gitea';
import type { Comment, Forge } from './port';

type CommentCalls = Pick<Forge, 'author' | 'listComments' | 'createComment' | 'updateComment' | 'deleteComment'>;

// The client's types say that every member may be missing.
const commentSchema = z.object({ id: z.number(), body: z.string(), user: z.object({ login: z.string() }).nullish() });

/** The part of the port that reads and writes comments. */
export function giteaComments({ api, owner, repo, ask }: GiteaCalls): CommentCalls {
  return {
    async author() {
      try {
        return z.object({ login: z.string() }).parse(await ask(() => api.user.userGetCurrent())).login;
      } catch (error) {
        // The tokens of Actions and those without `read:user` may not ask.
        if (errorCode(error) === 'forge.refused' || errorCode(error) === 'forge.missing') return undefined;
        throw error;
      }
    },
    async listComments(pull) {
      const comments = z.array(commentSchema).parse(await ask(() => api.repos.issueGetComments(owner, repo, pull)));
      return comments.map(commentOf).sort((a, b) => Number(a.id) - Number(b.id));
    },
    async createComment(pull, body) {
      return commentOf(commentSchema.parse(await ask(() => api.repos.issueCreateComment(owner, repo, pull, { body }))));
    },
    updateComment: (id, body) => there(() => ask(() => api.repos.issueEditComment(owner, repo, Number(id), { body }))),
    deleteComment: (id) => there(() => ask(() => api.repos.issueDeleteComment(owner, repo, Number(id)))),
  };
}

async function there(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (errorCode(error) === 'forge.missing') return false;
    throw error;
  }
}

function commentOf({ id, body, user }: z.infer<typeof commentSchema>): Comment {
  return { id: String(id), author: user?.login ?? '', body };
}
