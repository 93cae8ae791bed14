import type { Comment, Forge } from './port';

/**
 * Two runs that both saw no comment make one each: of our marked comments the oldest stays, the others are deleted.
 * Whichever run looks last leaves one; a comment that the other run deleted first is no error.
 */
export async function dropDuplicates(
  forge: Forge,
  { pull, marker }: { readonly pull: number; readonly marker: string },
  made: Comment,
): Promise<{ readonly oldest: Comment; readonly removed: number }> {
  const own = (await forge.listComments(pull)).filter(
    ({ author, body }) => author === made.author && body.startsWith(marker),
  );
  const [oldest = made, ...newer] = own;
  let removed = 0;
  for (const { id } of newer) if (await forge.deleteComment(id)) removed++;
  return { oldest, removed };
}
