import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltServer, startBuiltServer } from '../support/built-server';

export interface OwnServer {
  readonly url: string;
  /** Its data folder. */
  readonly dir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Stops it as a service manager would, and removes its folder. */
  end(): Promise<void>;
}

/** The built server over an empty folder, for tests that need data, or settings, of their own. */
export async function startOwnServer(env: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
  const dir = mkdtempSync(join(tmpdir(), 'lockscope-e2e-own-'));
  const server: BuiltServer = await startBuiltServer({ LOCKSCOPE_DATA: dir, ...env });
  return {
    url: server.url,
    dir,
    output: () => server.output(),
    async end() {
      await server.end('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
