import { test as base, expect } from 'vitest';
import { actions, forkActions, person } from '../../tests/support/fake-forge/account';
import { type FakeGithub, fakeGithub } from '../../tests/support/fake-forge/fake-github';
import { headSha, orderPull } from '../../tests/support/fake-forge/order-pull';
import { openGithub } from './github';
import { postSticky, type StickyComment } from './sticky-comment';

const marker = '<!-- lockscope:pr-report v1 project=order suite=api -->';
/** One repository with pull request 812; what a request or an answer had against GitHub's description fails the test. */
// Concurrent, for Octokit paces what notifies people.
const test = base.extend<{ github: FakeGithub }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from the pattern
  github: async ({}, use) => {
    const github = await fakeGithub({ t: actions, fork: forkActions, person });
    github.repository.pulls.push(orderPull());
    await use(github);
    await github.close();
    expect(github.violations).toEqual([]);
  },
}).concurrent;

const open = (github: FakeGithub, token = 't') =>
  openGithub({ repository: 'acme/order', apiUrl: github.url, credentials: { token }, pauseMs: 1 });
const post = async (github: FakeGithub, comment: StickyComment, token?: string) =>
  (await postSticky(await open(github, token), comment)).did;
const bodies = ({ repository }: FakeGithub) =>
  repository.comments.map(({ login, body }) => `${login}: ${body.split('\n')[1]}`);
const comment = ({ repository }: FakeGithub, login: string, body: string) =>
  repository.comments.push({
    id: repository.nextId++,
    pull: 812,
    login,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    body,
  });
const report = (text: string, facts: Partial<StickyComment> = {}): StickyComment => ({
  pull: 812,
  marker,
  headSha,
  body: () => `${marker}\n${text}`,
  mode: 'on-change',
  news: true,
  same: (one, other) => one === other,
  isLater: () => false,
  knownId: undefined,
  ...facts,
});

test('the first report makes a comment, the second edits it, the same again writes nothing', async ({ github }) => {
  expect(await post(github, report('worse'))).toBe('created');
  expect(await post(github, report('still worse'))).toBe('updated');
  const before = github.asked.length;
  expect(await post(github, report('still worse'))).toBe('unchanged');
  expect(bodies(github)).toEqual(['github-actions[bot]: still worse']);
  expect(github.asked.slice(before)).not.toContain('issues/update-comment');
});

test.for([30, 99, 100, 101, 250])('the comment is found behind %i others', async (count, { github }) => {
  for (let i = 0; i < count; i++) comment(github, 'octocat', 'x\nlooks good');
  await post(github, report('worse'));
  expect(await post(github, report('better'))).toBe('updated');
  expect(bodies(github).filter((body) => body.startsWith('github-actions'))).toEqual(['github-actions[bot]: better']);
});

test('a marker that somebody else wrote is not ours', async ({ github }) => {
  comment(github, 'octocat', `${marker}\nplanted`);
  expect(await post(github, report('worse'))).toBe('created');
  await post(github, report('better'));
  expect(bodies(github)).toEqual(['octocat: planted', 'github-actions[bot]: better']);
});

test("a person's token finds that person's comment and leaves a bot's alone", async ({ github }) => {
  comment(github, 'other[bot]', `${marker}\nother`);
  expect(await post(github, report('worse'), 'person')).toBe('created');
  expect(await post(github, report('better'), 'person')).toBe('updated');
  expect(bodies(github)).toEqual(['other[bot]: other', 'octocat: better']);
});

test('another suite has a comment of its own', async ({ github }) => {
  const other = marker.replace('suite=api', 'suite=db');
  await post(github, report('api'));
  expect(await post(github, report('db', { marker: other, body: () => `${other}\ndb` }))).toBe('created');
  expect(bodies(github)).toEqual(['github-actions[bot]: api', 'github-actions[bot]: db']);
});

test('of two reports that both found nothing one comment is left, the oldest, with what the last one says', async ({
  github,
}) => {
  const [first, second] = await Promise.all([
    postSticky(await open(github), report('one')),
    postSticky(await open(github), report('two')),
  ]);
  expect(bodies(github)).toEqual([expect.stringMatching(/^github-actions\[bot\]: (?:one|two)$/)]);
  expect([first.did, second.did]).toContain('updated');
});

test('a run that was overtaken while it posted deletes its own newer comment', async ({ github }) => {
  github.faults.push({
    operation: 'issues/create-comment',
    first: () => comment(github, 'github-actions[bot]', `${marker}\nother run`),
  });
  expect(await post(github, report('mine'))).toBe('updated');
  expect(bodies(github)).toEqual(['github-actions[bot]: mine']);
});

test('a comment deleted by a person is made again, once', async ({ github }) => {
  await post(github, report('worse'));
  github.faults.push({ operation: 'issues/update-comment', first: ({ comments }) => comments.splice(0) });
  expect(await post(github, report('better'))).toBe('created');
  expect(bodies(github)).toEqual(['github-actions[bot]: better']);
});

test('a closed pull request gets nothing', async ({ github }) => {
  github.repository.pulls.splice(0, 1, orderPull({ open: false }));
  expect(await post(github, report('worse'))).toBe('closed');
  expect(bodies(github)).toEqual([]);
});

test('after a push a report of the earlier head changes nothing', async ({ github }) => {
  await post(github, report('worse'));
  github.repository.pulls.splice(0, 1, orderPull({ headSha: 'b'.repeat(40) }));
  expect(await post(github, report('late'))).toBe('stale');
  expect(bodies(github)).toEqual(['github-actions[bot]: worse']);
});

test('an earlier run of the same head does not overwrite a later one', async ({ github }) => {
  await post(github, report('second attempt'));
  expect(await post(github, report('first attempt', { isLater: () => true }))).toBe('stale');
  expect(bodies(github)).toEqual(['github-actions[bot]: second attempt']);
});

test('nothing to see: no comment unless one is there, or always', async ({ github }) => {
  expect(await post(github, report('fine', { news: false }))).toBe('quiet');
  expect(await post(github, report('fine', { news: false, mode: 'never' }))).toBe('never');
  expect(await post(github, report('fine', { news: false, mode: 'always' }))).toBe('created');
  expect(await post(github, report('fine again', { news: false }))).toBe('updated');
});

test('a body that is too long is shed and sent again', async ({ github }) => {
  const long = (budget: number) => `${marker}\n${'x'.repeat(budget > 40_000 ? 70_000 : 20_000)}`;
  expect(await post(github, report('', { body: long }))).toBe('created');
  expect(github.repository.comments[0]?.body.length).toBeLessThan(65_536);
});

test('a fork may not comment: the refusal says so and nothing is tried again', async ({ github }) => {
  await expect(post(github, report('worse'), 'fork')).rejects.toMatchObject({
    code: 'forge.refused',
    message: expect.stringMatching(/403: Resource not accessible by integration/),
  });
  expect(github.asked.filter((operation) => operation === 'issues/create-comment')).toHaveLength(1);
});

test('a failure of the forge is tried again; a comment that was made all the same is not made twice', async ({
  github,
}) => {
  github.faults.push({
    operation: 'issues/create-comment',
    answer: { status: 502, body: { message: 'Bad Gateway' } },
    afterwards: true,
  });
  await post(github, report('worse'));
  expect(bodies(github)).toEqual(['github-actions[bot]: worse']);
});

test('a secondary rate limit is waited for', async ({ github }) => {
  const limited = {
    status: 403,
    headers: { 'retry-after': '1' },
    body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
  };
  github.faults.push({ operation: 'issues/create-comment', times: 2, answer: limited });
  expect(await post(github, report('worse'))).toBe('created');
  expect(github.asked.filter((operation) => operation === 'issues/create-comment')).toHaveLength(3);
});

test('a rate limit that lasts an hour fails at once', async ({ github }) => {
  const reset = String(Math.floor(Date.now() / 1000) + 3600);
  github.faults.push({
    operation: 'pulls/get',
    times: 9,
    answer: {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      body: { message: 'API rate limit exceeded for installation.' },
    },
  });
  await expect(post(github, report('worse'))).rejects.toMatchObject({ code: 'forge.refused' });
  expect(github.asked).toEqual(['pulls/get']);
});
