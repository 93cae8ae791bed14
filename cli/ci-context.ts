import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What the CI system says of the change; undefined = it does not tell, or this is no CI. */
export interface CiContext {
  /** `owner/name`. */
  readonly repo: string | undefined;
  readonly pull: number | undefined;
  /** The pull request's own head: CI may have checked out a merge of it. */
  readonly headSha: string | undefined;
  readonly headLabel: string | undefined;
  readonly baseLabel: string | undefined;
  readonly runAttempt: number;
}

const eventSchema = z.looseObject({
  pull_request: z
    .looseObject({
      number: z.number().int().positive(),
      head: z.looseObject({ sha: z.string(), ref: z.string() }),
      base: z.looseObject({ ref: z.string() }),
    })
    .optional(),
});

/** Reads GitHub's, Gitea's and Forgejo's variables (`GITHUB_*` in all three) and GitLab's (`CI_*`). */
export async function readCiContext(env: Readonly<Record<string, string | undefined>>): Promise<CiContext> {
  const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? 1);
  const pull = await pullOfEvent(env.GITHUB_EVENT_PATH);
  const gitlabPull = Number(env.CI_MERGE_REQUEST_IID ?? Number.NaN);
  return {
    repo: env.GITHUB_REPOSITORY ?? env.CI_PROJECT_PATH,
    pull: pull?.number ?? (Number.isInteger(gitlabPull) ? gitlabPull : undefined),
    headSha: pull?.head.sha ?? env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA ?? env.CI_COMMIT_SHA,
    headLabel: pull?.head.ref ?? env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME ?? env.GITHUB_REF_NAME,
    baseLabel: pull?.base.ref ?? env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME,
    runAttempt: Number.isInteger(attempt) && attempt > 0 ? attempt : 1,
  };
}

async function pullOfEvent(path: string | undefined) {
  if (path === undefined || path === '') return undefined;
  let event: unknown;
  try {
    event = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // The file is a courtesy of the CI system: without it the server finds the pull request by its head.
    return undefined;
  }
  const parsed = eventSchema.safeParse(event);
  return parsed.success ? parsed.data.pull_request : undefined;
}
