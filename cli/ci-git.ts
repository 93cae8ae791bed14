import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockscopeError } from '@/lib/errors';
import { runChild } from './child';

/** A repository, or one of its worktrees, as seen from one folder in it. */
export interface Repository {
  readonly root: string;
  /** From the root to the folder of the Go module, with a final `/`; empty at the root. */
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** Throws `input.repository` when the folder is in none. */
export async function openRepository(folder: string, signal: AbortSignal): Promise<Repository> {
  const at = { root: folder, prefix: '', signal };
  const [root, prefix] = [
    await tryGit(at, 'rev-parse', '--show-toplevel'),
    await tryGit(at, 'rev-parse', '--show-prefix'),
  ];
  if (root === undefined) throw new LockscopeError('input.repository', `${folder} is in no git repository`);
  return { root, prefix: prefix ?? '', signal };
}

/** Output of a git command without its final line break; undefined when it failed. */
async function tryGit({ root, signal }: Repository, ...args: string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await runChild('git', args, { cwd: root, signal });
  return exitCode === 0 ? stdout.replace(/\n$/, '') : undefined;
}

async function git(repository: Repository, ...args: string[]): Promise<string> {
  const { exitCode, stdout, output } = await runChild('git', args, { cwd: repository.root, signal: repository.signal });
  if (exitCode === 0) return stdout.replace(/\n$/, '');
  throw new LockscopeError('input.git', `git ${args.join(' ')}: ${output.trim()}`, { place: repository.root });
}

/** The full name of a commit. Throws `input.commit` for a name that means none here. */
export async function commitOf(repository: Repository, name: string): Promise<string> {
  const sha = await tryGit(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  if (sha !== undefined) return sha;
  throw new LockscopeError('input.commit', `${name}: no such commit in ${repository.root}`, { place: name });
}

const deepenings = [50, 200, 1_000, 5_000] as const;

/**
 * The merge base of two commits. A shallow clone is deepened until it has one. Throws `input.merge-base` when they
 * have none, or none that this clone can reach.
 */
export async function mergeBase(repository: Repository, base: string, head: string): Promise<string> {
  for (const depth of [0, ...deepenings]) {
    if (depth > 0 && (await tryGit(repository, 'fetch', '--quiet', `--deepen=${depth}`)) === undefined) break;
    const found = await tryGit(repository, 'merge-base', base, head);
    if (found !== undefined) return found;
    if ((await tryGit(repository, 'rev-parse', '--is-shallow-repository')) !== 'true') break;
  }
  const shallow = (await tryGit(repository, 'rev-parse', '--is-shallow-repository')) === 'true';
  const hint = shallow ? ': the clone is shallow, fetch more of it (actions/checkout: fetch-depth: 0)' : '';
  throw new LockscopeError('input.merge-base', `${base} and ${head} have no common commit here${hint}`, {
    place: repository.root,
  });
}

/** Candidates for the branch a change is made against, best first: what CI says, then the remote's default branch. */
export async function defaultBase(
  repository: Repository,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const told = env.GITHUB_BASE_REF ?? env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME ?? '';
  const remoteHead = await tryGit(repository, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
  const candidates = [
    ...(told === '' ? [] : [`origin/${told}`, told]),
    ...(remoteHead === undefined ? [] : [remoteHead]),
    ...['origin/main', 'origin/master', 'main', 'master'],
  ];
  for (const name of candidates) {
    const sha = await tryGit(repository, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    if (sha !== undefined) return name;
  }
  throw new LockscopeError('input.commit', `no base branch found (${candidates.join(', ')}): give --base`);
}

/** The branch that is checked out; undefined when none is. */
export async function branchOf(repository: Repository): Promise<string | undefined> {
  return tryGit(repository, 'symbolic-ref', '--quiet', '--short', 'HEAD');
}

/** A file as a commit has it; undefined when it has none. */
export function fileAt(repository: Repository, sha: string, path: string): Promise<string | undefined> {
  return tryGit(repository, 'show', `${sha}:${path}`);
}

/** Paths from the root that differ between a commit and another one, or the working tree with what is untracked. */
export async function changedFiles(repository: Repository, base: string, head: string | undefined): Promise<string[]> {
  const tracked = await git(
    repository,
    'diff',
    '--name-only',
    '--no-renames',
    '-z',
    base,
    ...(head === undefined ? [] : [head]),
  );
  const others =
    head === undefined ? await git(repository, 'ls-files', '--others', '--exclude-standard', '-z', '--full-name') : '';
  return [...new Set(`${tracked}${others}`.split('\0').filter((path) => path !== ''))].sort();
}

/** The change as a patch without context lines. */
export function patchOf(repository: Repository, base: string, head: string | undefined): Promise<string> {
  const sides = head === undefined ? [base] : [base, head];
  return git(repository, 'diff', '--no-color', '--no-ext-diff', '--no-renames', '-U0', ...sides);
}

/** True when tracked files differ from the commit that is checked out. */
export async function isDirty(repository: Repository): Promise<boolean> {
  return (await git(repository, 'status', '--porcelain', '--untracked-files=no')) !== '';
}

/**
 * Checks a commit out beside the repository and calls `use` with the folder; removes it after, whatever happened.
 */
export async function withWorktree<T>(
  repository: Repository,
  sha: string,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'lockscope-worktree-'));
  const root = join(parent, sha.slice(0, 12));
  // After an interrupt the repository's own signal has fired: cleaning up must not.
  const calm = { ...repository, signal: new AbortController().signal };
  try {
    await git(repository, 'worktree', 'add', '--quiet', '--detach', root, sha);
    return await use(root);
  } finally {
    await tryGit(calm, 'worktree', 'remove', '--force', root);
    await rm(parent, { recursive: true, force: true });
    await tryGit(calm, 'worktree', 'prune');
  }
}
