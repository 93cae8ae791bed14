/**
 * `npm run demo`: a server with an incident in it. Replays examples/recorded, names the culprit and runs until Ctrl-C.
 * --live     runs the Go service now instead of replaying what it pushed once
 * --once     ends after the sentence
 * --no-build takes dist and .next as they are
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Culprit, describeCulprit, findCulprit } from './demo/culprit';
import { findFirstBad } from './demo/first-bad';
import { startLiveService, waitForCulprit, whatIsMissing } from './demo/live';
import { replayPack } from './demo/replay';
import { replayTrace } from './demo/replay-trace';
import { buildIfStale, freshFolder, isPortTaken, ROOT, startServer } from './demo/server';

const { values: options } = parseArgs({
  options: { live: { type: 'boolean' }, once: { type: 'boolean' }, 'no-build': { type: 'boolean' } },
});
const port = Number(process.env.LOCKSCOPE_PORT || 4040);
const dataDir = resolve(process.env.LOCKSCOPE_DATA || join(ROOT, 'data/demo'));
const token = process.env.LOCKSCOPE_TOKEN || undefined;
const ingestToken = process.env.LOCKSCOPE_INGEST_TOKEN || undefined;
const SERVICE = 'order-service';

// What was started is stopped in reverse order, however the demo ends.
const started: { stop(): Promise<void> }[] = [];

async function demo(): Promise<void> {
  if (await isPortTaken(port)) {
    throw new Error(`port ${port} is taken on 127.0.0.1; stop what listens there or set LOCKSCOPE_PORT`);
  }
  const missing = options.live ? await whatIsMissing() : undefined;
  if (missing !== undefined) throw new Error(`${missing}; without --live the demo replays a recording`);
  if (!options['no-build']) await buildIfStale();
  await freshFolder(dataDir, process.env.LOCKSCOPE_DATA === undefined);
  const server = await startServer(port, dataDir);
  started.push(server);
  const culprit = options.live ? await runLive(server.url) : await replay(server.url);
  console.log(`${server.url}/`);
  console.log(culprit === undefined ? 'No lock was found.' : describeCulprit(culprit));
  if (culprit === undefined && options.once) process.exitCode = 1;
}

async function replay(url: string): Promise<Culprit | undefined> {
  const sent = await replayPack({ url, token: ingestToken, now: Date.now() });
  const minutes = Math.round((sent.end - sent.start) / 60_000);
  const tookSeconds = (sent.tookMs / 1000).toFixed(1);
  say(`replayed ${minutes} minutes of ${sent.pods.length} pods, ${sent.requests} uploads, in ${tookSeconds} s`);
  const trace = await replayTrace({ url, token, endMs: sent.end });
  say(`an execution trace of one pod around a reload: ${url}${trace}`);
  const firstBad = await findFirstBad({ url, token, service: SERVICE, from: 'now-1h' });
  if (firstBad !== undefined) say(`${firstBad.sentence}\nthe two builds compared: ${url}${firstBad.path}`);
  return findCulprit({ url, token, service: SERVICE, from: 'now-20m', pods: sent.pods });
}

async function runLive(url: string): Promise<Culprit | undefined> {
  say('building the order service');
  const service = await startLiveService(url);
  started.push(service);
  say(`${service.pods.join(' and ')} are running; the first stall shows within half a minute`);
  return waitForCulprit({ url, token, service: SERVICE, from: 'now-20m', pods: service.pods });
}

function say(text: string): void {
  console.error(text);
}

async function stopAll(): Promise<void> {
  for (const running of started.splice(0).reverse()) await running.stop();
}

let stopping = false;
async function end(code: number): Promise<never> {
  stopping = true;
  await stopAll();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping || void end(0));

try {
  await demo();
  if (options.once) await end(Number(process.exitCode ?? 0));
  say('Ctrl-C ends it.');
  await new Promise(() => setInterval(() => {}, 60_000)); // the server is a child; only a signal ends the demo
} catch (error) {
  if (!stopping) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    await end(1);
  }
}
