import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlobStore } from '@/lib/blobs/port';
import type { Catalog } from '@/lib/catalog/port';
import { LockscopeError } from '@/lib/errors';
import type { SampleStore } from '@/lib/store/port';
import type { UnixMs } from '@/lib/units';
import { type AcceptProfile, createAcceptor } from './accept';
import { type Protocol, sendBytes, sendJson, sendRefusal } from './answer';
import { decodeContent, readBody } from './body';
import { createBudget } from './budget';
import type { IngestConfig } from './config';
import { createCounters } from './counters';
import { createDecoder } from './decode-pool';
import { refusalCode, statusOf } from './refusal';
import type { StoreTrace } from './store-trace';
import { takeTrace } from './trace-upload';
import { acceptUpload } from './upload';
import { readPushJson, readPushProto } from './wire/push';
import { readIngest } from './wire/pyroscope';
import { readUpload } from './wire/upload';

export interface IngestDeps {
  readonly store: Pick<SampleStore, 'write'>;
  readonly catalog: Pick<Catalog, 'noteSeen' | 'addUpload'>;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly storeTrace: StoreTrace;
  readonly config: IngestConfig;
  /** Bundled decode.worker.js; undefined = decode on this thread. */
  readonly workerUrl?: URL;
  readonly now: () => UnixMs;
  /** Called after each stored profile; cheap. */
  readonly notify?: (service: string, newest: UnixMs) => void;
}

export interface Ingest {
  /** True for the paths answered here, whatever the method. */
  handles(url: string): boolean;
  /** Answers one request; the caller has checked host, origin and credentials. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The same way into the store for profiles that were fetched. */
  readonly accept: AcceptProfile;
  /** Counts since the start by name; refusals are `refused:<code>`. */
  metrics(): Record<string, number>;
  /** Resolves when everything taken in is stored; afterwards nothing may be handed in. */
  close(): Promise<void>;
}

interface Route {
  readonly protocol: Protocol;
  /** Answers a body that is too large to be held, as it comes; false leaves the request, untouched, to `answer`. */
  stream?(params: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  answer(params: URLSearchParams, request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void>;
}

/** Calls of this service but `Push` are answered here too, as Connect answers them. */
const pusher = '/push.v1.PusherService/';

/** The write path over HTTP: `/ingest`, `/pyroscope/ingest`, `/push.v1.PusherService/Push`, `/api/v1/upload`. */
export function createIngest(deps: IngestDeps): Ingest {
  const { config, now } = deps;
  const { limits } = config;
  const budget = createBudget(limits);
  const counters = createCounters();
  const decoder = createDecoder(config, deps.workerUrl);
  const { store, catalog, notify = () => {} } = deps;
  const accept = createAcceptor({ decoder, store, catalog, counters, now, notify });
  const open = new Set<Promise<void>>();

  const ingest: Route = {
    protocol: 'pyroscope',
    async answer(params, request, response, body) {
      await accept(readIngest(params, request.headers['content-type'] ?? '', body, now()));
      sendBytes(response, 200, 'text/plain', Buffer.alloc(0));
    },
  };
  const push: Route = {
    protocol: 'connect',
    async answer(_params, request, response, body) {
      const type = request.headers['content-type'] ?? '';
      const json = /^application\/json\b/i.test(type);
      if (!json && !/^application\/(?:x-)?proto(?:buf)?\b/i.test(type)) {
        throw new LockscopeError(
          'ingest.content-type',
          `Content-Type "${type.slice(0, 60)}": application/proto or application/json`,
        );
      }
      const profiles = json ? readPushJson(body) : readPushProto(body);
      await settleAll(profiles.map((profile) => accept(profile)));
      if (json) sendJson(response, 200, 'application/json', {});
      else sendBytes(response, 200, 'application/proto', Buffer.alloc(0));
    },
  };
  const upload: Route = {
    protocol: 'problem',
    async stream(params, request, response) {
      const taken = await takeTrace(request, params, { config, budget, store: deps.storeTrace });
      if (taken !== undefined) sendJson(response, taken.created ? 201 : 200, 'application/json', taken.document);
      return taken !== undefined;
    },
    async answer(params, request, response, body) {
      const read = readUpload(params, request.headers['content-type'] ?? '', body, now());
      const { created, document } = await acceptUpload(read, { ...deps, decoder, accept });
      sendJson(response, created ? 201 : 200, 'application/json', document);
    },
  };
  const noSuchCall: Route = {
    protocol: 'connect',
    async answer(_params, request) {
      const path = pathOf(request.url ?? '');
      throw new LockscopeError('ingest.call', `${path}: no such call; Push is the only one`);
    },
  };
  const routes = new Map<string, Route>([
    ['/ingest', ingest],
    ['/ingest/', ingest], // pyroscope-go appends to an address that ends in a slash, and follows no redirect
    ['/pyroscope/ingest', ingest],
    ['/pyroscope/ingest/', ingest],
    ['/push.v1.PusherService/Push', push],
    ['/api/v1/upload', upload],
  ]);
  const routeOf = (path: string) => routes.get(path) ?? (path.startsWith(pusher) ? noSuchCall : undefined);

  /** Never rejects: what goes wrong is answered. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(pathOf(request.url ?? ''));
    let release = () => {};
    try {
      if (route === undefined) throw new LockscopeError('ingest.request', 'no such path');
      if (request.method !== 'POST') throw new LockscopeError('ingest.method', `${request.method}: only POST`);
      const params = paramsOf(request.url ?? '');
      if (await route.stream?.(params, request, response)) return;
      const held = await readBody(request, { maxBytes: limits.bodyBytes, timeoutMs: limits.bodyTimeoutMs }, budget);
      release = held.release;
      budget.spend(held.bytes.length, now());
      const body = decodeContent(held.bytes, request.headers['content-encoding'], limits.inflatedBytes);
      await route.answer(params, request, response, body);
    } catch (error) {
      if (statusOf(error) === 500) console.error('ingest failed:', error);
      counters.refused(refusalCode(error));
      sendRefusal(request, response, route?.protocol ?? 'problem', error);
    } finally {
      release();
    }
  }

  return {
    handles: (url) => routeOf(pathOf(url)) !== undefined,
    handle(request, response) {
      const done = answer(request, response).finally(() => open.delete(done));
      open.add(done);
      return done;
    },
    accept,
    metrics: () => ({ ...counters.read(), in_flight_bytes: budget.inFlightBytes, queued_profiles: open.size }),
    async close() {
      await Promise.all(open);
      await decoder.close();
    },
  };
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** The query alone: taking the whole address apart with `URL` costs twice as much. */
function paramsOf(url: string): URLSearchParams {
  const query = url.indexOf('?');
  return new URLSearchParams(query < 0 ? '' : url.slice(query + 1));
}

/** Waits for all, so that the good ones of a request are stored; then throws the first failure. */
async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}
