/**
 * The server that the browser tests talk to: an empty data folder filled by replaying the recorded incident through
 * the real ingest route, times shifted to now. Answers 200 on the next port once it is filled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replayPack } from '../../scripts/demo/replay';
import { startServer } from '../../scripts/demo/server';

const port = Number(process.env.LOCKSCOPE_TEST_PORT ?? 24_040);
const dataDir = mkdtempSync(join(tmpdir(), 'lockscope-e2e-'));
const server = await startServer(port, dataDir);

const stop = async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(server.logFile, { force: true });
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

const sent = await replayPack({ url: server.url, now: Date.now() });
console.log(`filled with ${sent.requests} recorded uploads of ${sent.pods.length} pods`);
createServer((_, response) => response.end('filled')).listen(port + 1, '127.0.0.1');
