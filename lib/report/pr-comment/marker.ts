/** What makes a comment the one of a suite: one suite of one project has one comment a pull request. */
export interface CommentIdentity {
  readonly project: string;
  readonly suite: string;
}

/** The first line of the comment: invisible, and the same for every report of the suite. */
export function commentMarker({ project, suite }: CommentIdentity): string {
  return `<!-- lockscope:pr-report v1 project=${word(project)} suite=${word(suite)} -->`;
}

/** Different names give different words; none of them can end the HTML comment or begin a mention. */
function word(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
