/** A small HTTP service that pushes its wall, CPU and heap profiles; see README.md. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Pyroscope from '@pyroscope/nodejs';

const lockscope = process.env.LOCKSCOPE_URL ?? 'http://127.0.0.1:4040';
const port = Number(process.env.PORT ?? 3001);
const flushSeconds = Number(process.env.FLUSH_SECONDS ?? 10);
const DEFAULT_ROUNDS = 2000;
const MAX_ROUNDS = 200_000;

Pyroscope.init({
  appName: 'node-service',
  serverAddress: lockscope,
  authToken: process.env.LOCKSCOPE_INGEST_TOKEN,
  flushIntervalMs: flushSeconds * 1000,
  wall: { samplingDurationMs: flushSeconds * 1000, collectCpuTime: true },
  tags: { pod: process.env.POD ?? 'node-0', service_git_ref: process.env.BUILD ?? '1.0.0' },
});
Pyroscope.start();

/** Hashes a number over and over: the CPU time that shows in the flame graph. */
function signReceipt(order: number, rounds: number): string {
  let signature = String(order);
  for (let round = 0; round < rounds; round++) signature = createHash('sha256').update(signature).digest('hex');
  return signature;
}

let orders = 0;
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://node-service');
  if (pathname !== '/order') {
    response.writeHead(404).end();
    return;
  }
  const asked = Number(searchParams.get('rounds') ?? DEFAULT_ROUNDS);
  const rounds = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_ROUNDS) : DEFAULT_ROUNDS;
  orders++;
  const receipt = { order: orders, signature: signReceipt(orders, rounds) };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(receipt));
});

server.listen(port, '127.0.0.1', () => {
  const address = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  console.log(`http://127.0.0.1:${address.port}/order, pushing to ${lockscope}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
    Pyroscope.stop().finally(() => process.exit(0)); // sends the last wall profile
  });
}
