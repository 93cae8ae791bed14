import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';
import type { Forge } from '@/lib/forge/port';

/** The pull request and head that a report is about; `pull` undefined = a push to a branch. */
export interface ReportedPull {
  readonly pull: number | undefined;
  readonly headSha: string;
}

const eventSchema = z.looseObject({
  workflow_run: z.looseObject({ head_sha: z.string() }),
});

/**
 * The pull request of the workflow that ran before this one. Of forks its event names none, and what their artifact says
 * is theirs to choose: so it is found by the head that the forge itself tells. Of several the one that `hint` names, if
 * it has that head, else the first. Throws `input.event` without such an event.
 */
export async function pullOfWorkflowRun(
  forge: Forge,
  eventPath: string | undefined,
  hint: number | undefined,
): Promise<ReportedPull> {
  if (eventPath === undefined)
    throw new LockscopeError('input.event', 'no GITHUB_EVENT_PATH: --workflow-run needs a job');
  const parsed = eventSchema.safeParse(jsonOf(await readFile(eventPath, 'utf8')));
  if (!parsed.success) throw new LockscopeError('input.event', `${eventPath}: not an event of workflow_run`);
  const { head_sha: headSha } = parsed.data.workflow_run;
  const pulls = await forge.findPulls(headSha);
  const pull = pulls.find(({ number }) => number === hint) ?? pulls[0];
  return { pull: pull?.number, headSha };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what is no JSON is no event either
  }
}
