import type { Json, JsonObject } from './schema';
import { asObject, description, sampleOf } from './schema';

export interface FakeComment {
  readonly id: number;
  readonly pull: number;
  readonly login: string;
  readonly type: 'Bot' | 'User';
  body: string;
}

export interface FakePull {
  readonly number: number;
  open: boolean;
  headSha: string;
  /** Earlier commits of it. */
  readonly commits: readonly string[];
  readonly headRepository: string;
  readonly baseBranch: string;
  readonly baseSha: string;
  readonly files: readonly { readonly filename: string; readonly patch?: string }[];
}

export interface FakeCheck {
  readonly id: number;
  readonly headSha: string;
  name: string;
  status: string;
  conclusion: string | null;
  title: string;
  summary: string;
  annotations: JsonObject[];
}

export interface FakeStatus {
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string;
}

/** What the forge keeps of one repository. */
export interface FakeRepository {
  readonly name: string;
  nextId: number;
  readonly comments: FakeComment[];
  readonly pulls: FakePull[];
  readonly checks: FakeCheck[];
  readonly statuses: FakeStatus[];
  /** Text by `<ref>:<path>`. */
  readonly files: Map<string, string>;
  /** Merge base by `<base>...<head>`. */
  readonly mergeBases: Map<string, string>;
}

export function fakeRepository(name: string): FakeRepository {
  return {
    ...{ name, nextId: 1, comments: [], pulls: [], checks: [], statuses: [] },
    files: new Map(),
    mergeBases: new Map(),
  };
}

const schemas = asObject(asObject(description.components).schemas);
const sample = (name: string, facts: JsonObject): JsonObject => asObject(sampleOf(schemas[name], facts));

/** The documents that GitHub answers with, with all that the description demands. */
export function commentDocument({ id, login, type, body }: FakeComment): JsonObject {
  return sample('issue-comment', { id, body, user: sample('simple-user', { login, type, id: login.length }) });
}

export function pullDocument(repository: FakeRepository, pull: FakePull, schema = 'pull-request'): JsonObject {
  const side = (sha: string, ref: string, fullName: string): Json => {
    const [owner = ''] = fullName.split('/');
    const repo = sample('repository', { full_name: fullName, license: null });
    return { label: `${owner}:${ref}`, ref, sha, repo, user: sample('simple-user', { login: owner }) };
  };
  return sample(schema, {
    number: pull.number,
    state: pull.open ? 'open' : 'closed',
    head: side(pull.headSha, 'topic', pull.headRepository),
    base: side(pull.baseSha, pull.baseBranch, repository.name),
    user: sample('simple-user', { login: 'author' }),
  });
}

export function checkDocument({
  id,
  headSha,
  name,
  status,
  conclusion,
  title,
  summary,
  annotations,
}: FakeCheck): JsonObject {
  return sample('check-run', {
    ...{ id, head_sha: headSha, name, status, conclusion, app: null, check_suite: null, pull_requests: [] },
    output: {
      ...{ title, summary, text: null, annotations_count: annotations.length },
      annotations_url: 'https://forge.example/annotations',
    },
  });
}

export function statusDocument({ context, state, description: text }: FakeStatus): JsonObject {
  return sample('status', { context, state, description: text, creator: null });
}

export function comparisonDocument(mergeBase: string): JsonObject {
  return sample('commit-comparison', { merge_base_commit: sample('commit', { sha: mergeBase }), status: 'ahead' });
}

export function fileDocument(path: string, text: string): JsonObject {
  const content = Buffer.from(text).toString('base64');
  return sample('content-file', { type: 'file', encoding: 'base64', path, name: path, content, size: text.length });
}

export function changedFileDocument({ filename, patch }: FakePull['files'][number]): JsonObject {
  return sample('diff-entry', { filename, sha: 'a'.repeat(40), ...(patch === undefined ? {} : { patch }) });
}

export function userDocument(login: string): JsonObject {
  return sample('public-user', { login, user_view_type: 'public' });
}

export function installationDocument(appSlug: string): JsonObject {
  return sample('installation', {
    id: 7,
    app_slug: appSlug,
    permissions: {},
    repository_selection: 'all',
    account: null,
    suspended_at: null,
    suspended_by: null,
  });
}

export function tokenDocument(token: string): JsonObject {
  return sample('installation-token', { token, expires_at: '2099-01-01T00:00:00Z' });
}
