import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '@/lib/config';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { exitCode } from './exit-code';
import type { Io } from './io';

const usage = `Usage: lockscope serve [options]

Starts the server. It stops on SIGTERM and Ctrl-C.

  --host ADDRESS   address to listen on (127.0.0.1, or LOCKSCOPE_HOST); other than
                   loopback only with LOCKSCOPE_TOKEN and LOCKSCOPE_INGEST_TOKEN
  --port N         port to listen on (4040, or LOCKSCOPE_PORT); 0 = any free one
  --data FOLDER    where everything is kept (./data, or LOCKSCOPE_DATA)
  --help           this text
`;

interface ServerBundle {
  readonly runServer: (config: Config) => Promise<never>;
}

/** `lockscope serve`: runs the built server in this process, which ends with it. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    io.stdout(usage);
    return exitCode.fine;
  }
  const config = readConfig({
    ...(values.host === undefined ? {} : { LOCKSCOPE_HOST: values.host }),
    ...(values.port === undefined ? {} : { LOCKSCOPE_PORT: values.port }),
    ...(values.data === undefined ? {} : { LOCKSCOPE_DATA: values.data }),
  });
  const { runServer } = await loadServer();
  try {
    return await runServer(config);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    io.stderr(`lockscope serve: ${errorMessage(error)}\n`);
    return exitCode.usage;
  }
}

/** The server is a bundle of its own: its workers are found beside it. */
async function loadServer(): Promise<ServerBundle> {
  const bundle = new URL('../server.js', import.meta.url);
  if (!existsSync(fileURLToPath(bundle))) {
    throw new LockscopeError('cli.build', 'the server is not built: run "npm run build" first');
  }
  const loaded: unknown = await import(bundle.href);
  if (typeof loaded !== 'object' || loaded === null || !('runServer' in loaded)) {
    throw new LockscopeError('cli.build', `${bundle.href} is no Lockscope server: run "npm run build"`);
  }
  // server.ts, of which this is the bundle, exports it so.
  return loaded as ServerBundle;
}
