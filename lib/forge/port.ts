/**
 * What Lockscope asks of a forge (GitHub, Gitea, Forgejo): one repository, with one set of credentials. Calls throw
 * `forge.unreachable`, `forge.refused` (401, 403, 429), `forge.missing` (404, 410) and `forge.invalid` (422), each with
 * the forge's own words; failures of the forge and its rate limits are tried again first.
 */
export interface Forge {
  readonly kind: 'github' | 'gitea';
  /** `owner/name`. */
  readonly repository: string;
  getPull(pull: number): Promise<Pull>;
  /** Open pull requests whose head is exactly this commit, by number. */
  findPulls(headSha: string): Promise<readonly Pull[]>;
  /** undefined = the two have no common ancestor. */
  mergeBase(base: string, head: string): Promise<string | undefined>;
  /** A text file at a commit or branch; undefined = there is none. */
  readFile(path: string, ref: string): Promise<string | undefined>;
  /** Lines that a pull request adds or changes, in its head's numbers; `unseen` counts files whose text was not given. */
  changedLines(pull: number): Promise<ChangedLines>;

  /** The account that our comments appear under; undefined = the credentials do not tell. */
  author(): Promise<string | undefined>;
  /** All comments of a pull request, oldest first. */
  listComments(pull: number): Promise<readonly Comment[]>;
  createComment(pull: number, body: string): Promise<Comment>;
  /** False when it was deleted. */
  updateComment(id: string, body: string): Promise<boolean>;
  /** False when there was none. */
  deleteComment(id: string): Promise<boolean>;

  /** Sets the check run of a commit, or its status where check runs are not to be had. */
  setCheck(check: Check): Promise<CheckOutcome>;
}

export interface Pull {
  readonly number: number;
  readonly open: boolean;
  readonly headSha: string;
  /** Branch that it goes into, and its newest commit when the forge was asked. */
  readonly baseBranch: string;
  readonly baseSha: string;
  /** The head is in another repository. */
  readonly fork: boolean;
}

export interface Comment {
  /** A string: beyond 32 bits. */
  readonly id: string;
  readonly author: string;
  readonly body: string;
}

export interface ChangedLines {
  readonly files: readonly { readonly file: string; readonly lines: readonly number[] }[];
  readonly unseen: number;
}

export interface Check {
  /** The head of the pull request, never its merge commit. */
  readonly sha: string;
  readonly name: string;
  readonly state: 'running' | 'success' | 'failure' | 'neutral';
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly link: string | undefined;
  /** Lines of the pull request's diff, at most 50. */
  readonly annotations: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  /** What setting it to running gave. */
  readonly checkRun: string | undefined;
}

export type CheckOutcome = { readonly as: 'check run'; readonly id: string } | { readonly as: 'status' };
