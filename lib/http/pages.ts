import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { LockscopeError } from '@/lib/errors';
import { withoutVersionCheck } from '@/lib/http/version-check';

export interface Pages {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** Next over the pages below `dir`, ready to answer. In development it compiles them on demand. Throws `server.pages` when they are not built. */
export async function preparePages(dir: string, development: boolean): Promise<Pages> {
  if (!development && !existsSync(join(dir, '.next', 'BUILD_ID'))) {
    throw new LockscopeError('server.pages', 'the pages are not built: run "npm run build"', { place: dir });
  }
  // Before Next is loaded: it reads both on the way. The server asks nobody but whom its user configured.
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: development ? 'development' : 'production',
  });
  if (development) globalThis.fetch = withoutVersionCheck(globalThis.fetch);
  const { default: next } = await import('next');
  // Next takes every upgrade of the server that it is given, or else of the first request's, and leaves most of them
  // open without an answer. A build has none to take: with a server that never listens, ours answers a request that
  // offers one (`Upgrade: h2c`, as Java's client does) like any other.
  const app = next({ dev: development, dir, ...(development ? {} : { httpServer: createServer() }) });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => handle(req, res), close: () => app.close() };
}
