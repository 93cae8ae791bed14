import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { comparison, lockChange, lockSite } from '../tests/support/comparison-of';
import { actions, forkActions, person } from '../tests/support/fake-forge/account';
import { type FakeGithub, fakeGithub } from '../tests/support/fake-forge/fake-github';
import { headSha, orderPull } from '../tests/support/fake-forge/order-pull';
import { runCommand } from '../tests/support/run-command';

interface Job {
  readonly github: FakeGithub;
  readonly summary: string;
  /** Runs `lockscope ci comment` in a job of pull request 812. */
  readonly comment: (args: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof runCommand>;
  /** Writes a file of the job. */
  readonly file: (name: string, value: unknown) => Promise<string>;
}

const test = base.extend<{ job: Job }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from the pattern
  job: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lockscope-comment-'));
    const github = await fakeGithub({ t: actions, fork: forkActions, person });
    github.repository.pulls.push(orderPull());
    const file = async (name: string, value: unknown) => {
      await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
      return join(folder, name);
    };
    const event = await file('event.json', {
      pull_request: { number: 812, head: { sha: headSha, ref: 'topic' }, base: { ref: 'main' } },
    });
    const summary = join(folder, 'summary.md');
    const comment: Job['comment'] = (args, env) =>
      runCommand(['ci', 'comment', ...args], {
        GITHUB_REPOSITORY: 'acme/order',
        GITHUB_EVENT_PATH: event,
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: 't',
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_RUN_ID: '70',
        GITHUB_SHA: 'c'.repeat(40),
        ...env,
      });
    await use({ github, summary, comment, file });
    await github.close();
    await rm(folder, { recursive: true });
    expect(github.violations).toEqual([]);
  },
}).concurrent;

const worse = lockChange({ holder: { ...lockSite(lockChange()).site, file: '/build/config.go', line: 51 } });
const documentOf = (facts: Parameters<typeof comparison>[0]) => {
  const { leftOut: _none, ...compared } = comparison(facts);
  return { schema: 'lockscope/diff/v1', ...compared, notes: [], left_out: {} };
};
const regression = documentOf({ locks: [worse], sites: [lockSite(worse)] });
const unchanged = documentOf({ verdict: 'unchanged' });

test('a regression: comment, check on the head with a remark beside the line, job summary', async ({ job }) => {
  const { code, stdout } = await job.comment([
    '--diff',
    await job.file('diff.json', regression),
    '--service',
    'order-service',
  ]);
  expect([code, stdout]).toEqual([0, 'pull request 812: comment posted, check run set\n']);
  const { comments, checks } = job.github.repository;
  expect(comments[0]?.body).toMatch(
    /^<!-- lockscope:pr-report v1 project=order suite=default -->\n### ▲ 1.lock waits longer · order-service\n/,
  );
  expect(comments[0]?.body).toContain('(`config.go:51`, changed in this pull request)');
  expect(checks).toMatchObject([
    { headSha, name: 'Lockscope / order default', status: 'completed', conclusion: 'neutral' },
  ]);
  expect(checks[0]?.annotations).toMatchObject([{ path: 'config.go', start_line: 51, annotation_level: 'warning' }]);
  expect(await readFile(job.summary, 'utf8')).toContain('tested site</summary>');
});

test('a base branch in gate mode fails the check and the command, whatever the pull request says', async ({ job }) => {
  job.github.repository.files.set(`${orderPull().baseSha}:.lockscope.yml`, 'mode: gate\n');
  job.github.repository.files.set(`${headSha}:.lockscope.yml`, 'mode: report\n');
  const { code } = await job.comment(['--diff', await job.file('diff.json', regression)]);
  expect(code).toBe(1);
  expect(job.github.repository.checks[0]?.conclusion).toBe('failure');
});

test('nothing changed: a green check and no comment; once there is one it turns green', async ({ job }) => {
  const [good, bad] = [await job.file('good.json', unchanged), await job.file('bad.json', regression)];
  expect((await job.comment(['--diff', good])).stdout).toContain('comment not posted: nothing to see');
  await job.comment(['--diff', bad]);
  await job.comment(['--diff', good], { GITHUB_RUN_ID: '71' });
  const { comments, checks } = job.github.repository;
  expect(comments.map(({ body }) => body.split('\n')[1])).toEqual(['### = Nothing got worse · order']);
  expect(checks.map(({ conclusion }) => conclusion)).toEqual(['success', 'neutral', 'success']);
});

test('a run that failed replaces what stood there', async ({ job }) => {
  await job.comment(['--diff', await job.file('diff.json', regression)]);
  await job.comment(['--failed', 'The build of head failed.']);
  expect(job.github.repository.comments.map(({ body }) => body.split('\n').slice(1, 4))).toEqual([
    ['### ✕ Could not compare · order', '', 'The build of head failed.'],
  ]);
});

test("a fork's job may not comment: a warning, a summary, the verdict's own exit code; 4 with --strict", async ({
  job,
}) => {
  const diff = await job.file('diff.json', regression);
  const { code, stderr } = await job.comment(['--diff', diff], { GITHUB_TOKEN: 'fork' });
  expect(code).toBe(0);
  expect(stderr).toMatch(/not posted: .* answered 403: Resource not accessible by integration/);
  expect(await readFile(job.summary, 'utf8')).toContain('### ▲ 1');
  expect((await job.comment(['--diff', diff, '--strict'], { GITHUB_TOKEN: 'fork' })).code).toBe(4);
});

test('the workflow after a fork finds the pull request by its head, not by what the artifact says', async ({ job }) => {
  job.github.repository.pulls.splice(
    0,
    1,
    orderPull({ number: 811, headSha: 'd'.repeat(40), commits: [headSha] }),
    orderPull({ number: 812, headRepository: 'mallory/order' }),
  );
  const event = await job.file('run.json', { workflow_run: { head_sha: headSha, pull_requests: [] } });
  const args = ['--diff', await job.file('diff.json', regression), '--workflow-run', '--json'];
  const { code, stdout } = await job.comment(args, { GITHUB_EVENT_PATH: event });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    pull: 812,
    head: headSha,
    comment: { did: 'created' },
    check: 'check run',
  });
});

test('a personal token gets a commit status where it may not make a check run', async ({ job }) => {
  const { stdout } = await job.comment(['--diff', await job.file('diff.json', unchanged)], { GITHUB_TOKEN: 'person' });
  expect(stdout).toContain('status set');
  expect(job.github.repository.statuses).toEqual([
    { sha: headSha, context: 'Lockscope / order default', state: 'success', description: '= Nothing got worse' },
  ]);
});

test('a diff that is no such document is named, exit 3', async ({ job }) => {
  const { code, stderr } = await job.comment(['--diff', await job.file('diff.json', { schema: 'lockscope/top/v1' })]);
  expect(code).toBe(3);
  expect(stderr).toContain('diff.json: not a lockscope/diff/v1 document: schema:');
  expect(job.github.asked).toEqual([]);
});

test('--print needs no forge', async ({ job }) => {
  const { code, stdout } = await job.comment(['--diff', await job.file('diff.json', regression), '--print']);
  expect([code, stdout.split('\n')[1]]).toEqual([0, expect.stringMatching(/^### ▲ 1.lock waits longer · order$/)]);
  expect(job.github.asked).toEqual([]);
});
