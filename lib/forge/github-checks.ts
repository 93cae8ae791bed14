import { errorCode } from '@/lib/errors';
import type { GithubCalls } from './github';
import type { Check, CheckOutcome, Forge } from './port';

const longestSummary = 65_535;
const longestDescription = 140;
const mostAnnotations = 50;

/** The part of the port that sets check runs; a token that may not gets the commit status instead. */
export function githubChecks({ octokit, at, ask }: GithubCalls): Pick<Forge, 'setCheck'> {
  const checkRun = async (check: Check): Promise<CheckOutcome> => {
    const { sha, name, state, title, summary, link, annotations } = check;
    const outcome = {
      ...at,
      name,
      ...(link === undefined ? {} : { details_url: link }),
      output: {
        title: title.slice(0, 255),
        summary: summary.slice(0, longestSummary),
        annotations: annotations.slice(0, mostAnnotations).map(({ file, line, message }) => ({
          path: file,
          start_line: line,
          end_line: line,
          annotation_level: 'warning' as const,
          message,
        })),
      },
      ...(state === 'running'
        ? { status: 'in_progress' as const }
        : { status: 'completed' as const, conclusion: state }),
    };
    const id = await ask(async () => {
      if (check.checkRun === undefined)
        return (await octokit.rest.checks.create({ ...outcome, head_sha: sha })).data.id;
      return (await octokit.rest.checks.update({ ...outcome, check_run_id: Number(check.checkRun) })).data.id;
    });
    return { as: 'check run', id: String(id) };
  };
  const status = async ({ sha, name, state, title, link }: Check): Promise<CheckOutcome> => {
    await ask(() =>
      octokit.rest.repos.createCommitStatus({
        ...at,
        sha,
        context: name,
        // There is no neutral status: the description says that nothing is proven.
        state: state === 'running' ? 'pending' : state === 'neutral' ? 'success' : state,
        description: title.slice(0, longestDescription),
        ...(link === undefined ? {} : { target_url: link }),
      }),
    );
    return { as: 'status' };
  };
  return {
    async setCheck(check) {
      try {
        return await checkRun(check);
      } catch (error) {
        // Personal tokens cannot make check runs (403), and an Actions token needs `checks: write` for it.
        if (errorCode(error) !== 'forge.refused' && errorCode(error) !== 'forge.missing') throw error;
        return await status(check);
      }
    },
  };
}
