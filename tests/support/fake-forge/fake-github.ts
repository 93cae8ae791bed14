import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Account } from './account';
import { operationOf } from './contract';
import { type FakeRepository, fakeRepository } from './repository';
import { type Answer, rules } from './rules';
import { asObject, type Json } from './schema';

/** What a test does to the next requests of an operation. */
export interface Fault {
  readonly operation: string;
  /** How often; once if not said. */
  times?: number;
  /** Done before the request is. */
  readonly first?: (repository: FakeRepository) => void;
  /** Answered in place of what the rule says; the request is done all the same with `afterwards`. */
  readonly answer?: Answer;
  readonly afterwards?: boolean;
}

export interface FakeGithub {
  /** Base URL as `GITHUB_API_URL` gives it. */
  readonly url: string;
  readonly repository: FakeRepository;
  readonly faults: Fault[];
  /** `issues/create-comment`, in order of arrival. */
  readonly asked: string[];
  /** Where a request or an answer was not as the description says; a test ends with none. */
  readonly violations: string[];
  close(): Promise<void>;
}

/**
 * A GitHub of one repository on a local port, below `basePath` (`/api/v3` for Enterprise). Every request and answer is
 * checked against GitHub's published description; what that cannot say is in the rules.
 */
export async function fakeGithub(
  tokens: Readonly<Record<string, Account>>,
  { name = 'acme/order', basePath = '' } = {},
): Promise<FakeGithub> {
  const state = {
    repository: fakeRepository(name),
    faults: [] as Fault[],
    asked: [] as string[],
    violations: [] as string[],
  };
  const server = createServer((req, res) => {
    handle(req, res, { ...state, tokens, basePath }).catch((error: unknown) => {
      state.violations.push(String(error));
      res.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    ...state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly repository: FakeRepository;
  readonly faults: Fault[];
  readonly asked: string[];
  readonly violations: string[];
  readonly tokens: Readonly<Record<string, Account>>;
  readonly basePath: string;
}

async function handle(req: IncomingMessage, res: ServerResponse, serving: Serving): Promise<void> {
  const url = new URL(req.url ?? '/', `http://${req.headers.host}`);
  const body = await bodyOf(req);
  const path = url.pathname.startsWith(serving.basePath) ? url.pathname.slice(serving.basePath.length) : '';
  const operation = operationOf(req.method ?? '', path);
  const note = (faults: readonly string[]) =>
    serving.violations.push(...faults.map((fault) => `${req.method} ${path}: ${fault}`));
  if (operation === undefined) {
    note(['no such operation']);
    return send(res, url, { status: 404, body: { message: 'Not Found' } });
  }
  serving.asked.push(operation.id);
  if (req.headers['x-github-api-version'] !== '2022-11-28') note(['no API version']);
  note(operation.faults({ query: url.searchParams, body }));
  const fault = serving.faults.find((one) => one.operation === operation.id && (one.times ?? 1) > 0);
  if (fault !== undefined) {
    fault.times = (fault.times ?? 1) - 1;
    fault.first?.(serving.repository);
  }
  const done =
    fault?.answer === undefined || fault.afterwards === true ? decide(req, operation, url, body, serving) : undefined;
  const answer = fault?.answer ?? done ?? { status: 500 };
  note(operation.responseFaults(answer.status, answer.body));
  send(res, url, notModified(req, answer));
}

function decide(
  req: IncomingMessage,
  { id, params }: { readonly id: string; readonly params: Readonly<Record<string, string>> },
  url: URL,
  body: Json | undefined,
  { tokens, repository }: Serving,
): Answer {
  const account = accountOf(req, tokens);
  if (account === undefined) return { status: 401, body: { message: 'Bad credentials', status: '401' } };
  const here = params.owner === undefined || `${params.owner}/${params.repo}` === repository.name;
  if (!here || account.contents === 'none') return { status: 404, body: { message: 'Not Found', status: '404' } };
  return rules[id]?.(repository, { account, params, query: url.searchParams, body: asObject(body) }) ?? { status: 501 };
}

/** An App signs its own requests; what stands in the token is not looked at. */
function accountOf(req: IncomingMessage, tokens: Readonly<Record<string, Account>>): Account | undefined {
  const token = /^(?:token|bearer) (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return tokens[token] ?? (token.split('.').length === 3 ? tokens.app : undefined);
}

/** An answer that the client has already costs nothing of its limit. */
function notModified(req: IncomingMessage, answer: Answer): Answer {
  if (req.method !== 'GET' || answer.status !== 200) return answer;
  const etag = `"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex').slice(0, 32)}"`;
  if (req.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { ...answer, headers: { ...answer.headers, etag } };
}

function send(res: ServerResponse, url: URL, { status, body, headers = {} }: Answer): void {
  const own = Object.entries(headers).map(([name, value]) => [
    name,
    value.replaceAll('{self}', `${url.origin}${url.pathname}`),
  ]);
  const limit = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '4102444800' };
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limit, ...Object.fromEntries(own) });
  res.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(req: IncomingMessage): Promise<Json | undefined> {
  const pieces: Buffer[] = [];
  for await (const piece of req) if (piece instanceof Buffer) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? undefined : z.json().parse(JSON.parse(text));
}
