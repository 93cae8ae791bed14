import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Pages {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** Next over the pages below `dir`, ready to answer. In development it compiles them on demand. */
export async function preparePages(dir: string, development: boolean): Promise<Pages> {
  // Before Next is loaded: it reads both on the way. The server asks nobody but whom its user configured.
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: development ? 'development' : 'production',
  });
  const { default: next } = await import('next');
  const app = next({ dev: development, dir });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => handle(req, res), close: () => app.close() };
}
