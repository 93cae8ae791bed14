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

/** A CI run: those of one repository count upwards, and its attempts from 1. */
export interface RunNumber {
  readonly run: number;
  readonly attempt: number;
}

/** An invisible line that tells later runs of one head from earlier ones. */
export function runMark({ run, attempt }: RunNumber): string {
  return `<!-- lockscope:run ${run}.${attempt} -->`;
}

/** True when a comment's body was written by a later run than `own`. */
export function isOfLaterRun(body: string, own: RunNumber): boolean {
  const match = /^<!-- lockscope:run (\d+)\.(\d+) -->$/m.exec(body);
  if (match === null) return false;
  const [run, attempt] = [Number(match[1]), Number(match[2])];
  return run === own.run ? attempt > own.attempt : run > own.run;
}
