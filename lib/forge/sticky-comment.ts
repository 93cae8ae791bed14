import { errorCode } from '@/lib/errors';
import { dropDuplicates } from './drop-duplicates';
import type { Comment, Forge } from './port';

export interface StickyComment {
  readonly pull: number;
  /** First line of the body: tells the comment from any other of the same account. */
  readonly marker: string;
  /** Head that the report is of; a report of an earlier head says nothing any more. */
  readonly headSha: string;
  /** The body at most this many characters long. Begins with `marker`. */
  readonly body: (budget: number) => string;
  /** on-change: nothing is posted while there is nothing to see; what is there is kept up to date in any case. */
  readonly mode: 'on-change' | 'always' | 'never';
  /** Something to see. */
  readonly news: boolean;
  /** True when a body says the same but for its time. */
  readonly same: (one: string, other: string) => boolean;
  /** True when what stands there is of a later run of the same head. */
  readonly isLater: (body: string) => boolean;
  /** Where it was last time; undefined = not known. */
  readonly knownId: string | undefined;
}

export type StickyOutcome =
  | {
      readonly did: 'created' | 'updated' | 'unchanged';
      readonly id: string;
      readonly body: string;
      readonly removed: number;
    }
  /** quiet: nothing to see and nothing there · never: the mode · stale: of an earlier head or run · closed. */
  | { readonly did: 'quiet' | 'never' | 'stale' | 'closed' };

/** Characters; GitHub refuses more than 65,536. */
const longest = 60_000;

/**
 * Makes a pull request's one comment say what `comment` says: found by its marker and by our own account, since anybody
 * can write the marker; edited in place; made once more when it was deleted. Nothing is written for a closed pull
 * request, nor by a report of an earlier head or run. Of comments made at the same time by two runs the oldest stays.
 */
export async function postSticky(forge: Forge, comment: StickyComment): Promise<StickyOutcome> {
  if (comment.mode === 'never') return { did: 'never' };
  const pull = await forge.getPull(comment.pull);
  if (!pull.open) return { did: 'closed' };
  if (pull.headSha !== comment.headSha) return { did: 'stale' };
  const own = ownComment(await forge.listComments(comment.pull), comment, await forge.author());
  if (own === undefined) {
    if (comment.mode === 'on-change' && !comment.news) return { did: 'quiet' };
    return create(forge, comment);
  }
  if (comment.isLater(own.body)) return { did: 'stale' };
  const current = comment.body(longest);
  if (comment.same(own.body, current)) return { did: 'unchanged', id: own.id, body: own.body, removed: 0 };
  const body = await shorter(comment, async (text) => ((await forge.updateComment(own.id, text)) ? text : undefined));
  // Deleted since it was listed: made again, once.
  return body === undefined ? create(forge, comment) : { did: 'updated', id: own.id, body, removed: 0 };
}

/** The oldest of ours. An App's or Actions' token does not tell its account, which is a bot's then, or the known one's. */
function ownComment(comments: readonly Comment[], { marker, knownId }: StickyComment, author: string | undefined) {
  const marked = comments.filter((comment) => comment.body.startsWith(marker));
  const known = marked.find(({ id }) => id === knownId);
  return (
    known ??
    marked.find((comment) => (author === undefined ? comment.author.endsWith('[bot]') : comment.author === author))
  );
}

async function create(forge: Forge, comment: StickyComment): Promise<StickyOutcome> {
  const made = await shorter(comment, (body) => forge.createComment(comment.pull, body));
  const { oldest, removed } = await dropDuplicates(forge, comment, made);
  if (oldest.id === made.id) return { did: 'created', id: made.id, body: made.body, removed };
  if (!comment.isLater(oldest.body)) await forge.updateComment(oldest.id, made.body);
  return { did: 'updated', id: oldest.id, body: made.body, removed };
}

/** Tries with ever smaller budgets while the forge says that the body is too long. */
async function shorter<T>({ body }: StickyComment, write: (body: string) => Promise<T>): Promise<T> {
  for (const budget of [longest, longest / 2]) {
    try {
      return await write(body(budget));
    } catch (error) {
      if (errorCode(error) !== 'forge.invalid') throw error;
    }
  }
  return write(body(longest / 4));
}
