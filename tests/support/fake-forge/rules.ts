import type { Account } from './account';
import * as doc from './repository';
import { asList, asObject, type Json, type JsonObject } from './schema';

export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly account: Account;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

type Rule = (repository: doc.FakeRepository, asked: Asked) => Answer;

const longestBody = 65_536;
const url = 'https://docs.github.com/rest';
const notFound: Answer = { status: 404, body: { message: 'Not Found', documentation_url: url, status: '404' } };
const notAccessible: Answer = {
  status: 403,
  body: { message: 'Resource not accessible by integration', documentation_url: url, status: '403' },
};
const invalid = (field: string, message: string): Answer => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    documentation_url: url,
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field, message }],
  },
});

/** What each operation does and refuses, where the description alone would let it pass. */
export const rules: Readonly<Record<string, Rule>> = {
  'users/get-authenticated': (_repository, { account }) =>
    account.type === 'Bot' ? notAccessible : { status: 200, body: doc.userDocument(account.login) },
  'apps/get-repo-installation': (_repository, { account }) => ({
    status: 200,
    body: doc.installationDocument(account.login.replace('[bot]', '')),
  }),
  'apps/create-installation-access-token': () => ({ status: 201, body: doc.tokenDocument('ghs_installation') }),
  'issues/list-comments': ({ comments }, { params, query }) =>
    paged(
      comments
        .filter(({ pull }) => pull === Number(params.issue_number))
        .sort((a, b) => a.id - b.id)
        .map(doc.commentDocument),
      query,
    ),
  'issues/create-comment': (repository, { account, params, body }) => {
    const pull = Number(params.issue_number);
    if (account.pulls !== 'write') return notAccessible;
    if (!repository.pulls.some(({ number }) => number === pull)) return notFound;
    const text = String(body.body);
    if (text.length > longestBody) return tooLong;
    const comment = { id: repository.nextId++, pull, login: account.login, type: account.type, body: text };
    repository.comments.push(comment);
    return { status: 201, body: doc.commentDocument(comment) };
  },
  'issues/update-comment': ({ comments }, { account, params, body }) => {
    const comment = comments.find(({ id }) => id === Number(params.comment_id));
    if (comment === undefined) return notFound;
    if (account.pulls !== 'write') return notAccessible;
    const text = String(body.body);
    if (text.length > longestBody) return tooLong;
    comment.body = text;
    return { status: 200, body: doc.commentDocument(comment) };
  },
  'issues/delete-comment': ({ comments }, { account, params }) => {
    const at = comments.findIndex(({ id }) => id === Number(params.comment_id));
    if (at < 0) return notFound;
    if (account.pulls !== 'write') return notAccessible;
    comments.splice(at, 1);
    return { status: 204 };
  },
  'pulls/get': (repository, { params }) => {
    const pull = repository.pulls.find(({ number }) => number === Number(params.pull_number));
    return pull === undefined ? notFound : { status: 200, body: doc.pullDocument(repository, pull) };
  },
  'pulls/list-files': ({ pulls }, { params, query }) => {
    const pull = pulls.find(({ number }) => number === Number(params.pull_number));
    return pull === undefined ? notFound : paged(pull.files.map(doc.changedFileDocument), query);
  },
  'repos/list-pull-requests-associated-with-commit': (repository, { params, query }) => {
    const found = repository.pulls.filter(({ headSha, commits }) =>
      [headSha, ...commits].includes(params.commit_sha ?? ''),
    );
    return paged(
      found.map((pull) => doc.pullDocument(repository, pull, 'pull-request-simple')),
      query,
    );
  },
  'repos/compare-commits-with-basehead': ({ mergeBases }, { params }) => {
    const base = mergeBases.get(params.basehead ?? '');
    return base === undefined ? notFound : { status: 200, body: doc.comparisonDocument(base) };
  },
  'repos/get-content': ({ files }, { params, query }) => {
    const text = files.get(`${query.get('ref')}:${params.path}`);
    return text === undefined ? notFound : { status: 200, body: doc.fileDocument(params.path ?? '', text) };
  },
  'checks/create': (repository, { account, body }) => {
    if (account.type === 'User')
      return { status: 403, body: { message: 'You must authenticate via a GitHub App.', documentation_url: url } };
    if (account.checks !== 'write') return notAccessible;
    if (!repository.pulls.some(({ headSha }) => headSha === body.head_sha))
      return invalid('head_sha', `No commit found for SHA: ${body.head_sha}`);
    const check = {
      id: repository.nextId++,
      headSha: String(body.head_sha),
      name: '',
      status: 'queued',
      conclusion: null,
      title: '',
      summary: '',
      annotations: [],
    };
    return setCheck(repository, check, body, 201);
  },
  'checks/update': (repository, { account, params, body }) => {
    const check = repository.checks.find(({ id }) => id === Number(params.check_run_id));
    if (check === undefined) return notFound;
    return account.checks === 'write' ? setCheck(repository, check, body, 200) : notAccessible;
  },
  'repos/create-commit-status': ({ statuses }, { account, params, body }) => {
    if (account.statuses !== 'write') return notAccessible;
    const text = String(body.description ?? '');
    if (text.length > 140) return invalid('description', 'description is too long (maximum is 140 characters)');
    const status = {
      sha: params.sha ?? '',
      context: String(body.context),
      state: String(body.state),
      description: text,
    };
    statuses.push(status);
    return { status: 201, body: doc.statusDocument(status) };
  },
};

const tooLong = invalid('data', `Body is too long (maximum is ${longestBody} characters)`);

/** A conclusion completes a check run, one that is completed needs a conclusion; annotations are added to those there. */
function setCheck({ checks }: doc.FakeRepository, check: doc.FakeCheck, body: JsonObject, status: number): Answer {
  const conclusion = typeof body.conclusion === 'string' ? body.conclusion : null;
  if (body.status === 'completed' && conclusion === null) return invalid('conclusion', 'conclusion is missing');
  const output = asObject(body.output);
  check.name = String(body.name ?? check.name);
  check.status = conclusion === null ? String(body.status ?? check.status) : 'completed';
  check.conclusion = conclusion;
  check.title = String(output.title ?? check.title);
  check.summary = String(output.summary ?? check.summary);
  check.annotations.push(...asList(output.annotations).map(asObject));
  if (!checks.includes(check)) checks.push(check);
  return { status, body: doc.checkDocument(check) };
}

function paged(rows: readonly Json[], query: URLSearchParams): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const link = (to: number, rel: string) => `<{self}?per_page=${size}&page=${to}>; rel="${rel}"`;
  const links: Readonly<Record<string, string>> =
    page < last ? { link: `${link(page + 1, 'next')}, ${link(last, 'last')}` } : {};
  return { status: 200, body: rows.slice((page - 1) * size, page * size), headers: links };
}
