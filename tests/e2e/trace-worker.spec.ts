import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { expect, test } from './test';

const recorded = 'tests/fixtures/gotrace/traces/locks-go1.26.trace';

const worker = `
  import { readTrace } from './lib/gotrace/read-trace';
  import { bufferSource } from './lib/gotrace/source';
  onmessage = async () => {
    const answer = await fetch('/trace');
    postMessage(readTrace(bufferSource(new Uint8Array(await answer.arrayBuffer()))));
  };`;

/** Columns as lists. */
const page = `
  <!doctype html>
  <link rel="icon" href="data:,">
  <script>
    window.read = () => new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js');
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) =>
        resolve(JSON.stringify(data, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value)));
      worker.postMessage('read');
    });
  </script>`;

let server: Server;

test.beforeAll(async () => {
  const bundle = await build({
    stdin: { contents: worker, resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
  });
  const files: Record<string, readonly [type: string, body: string | Uint8Array]> = {
    '/': ['text/html', page],
    '/worker.js': ['text/javascript', bundle.outputFiles[0]?.contents ?? ''],
    '/trace': ['application/octet-stream', readFileSync(recorded)],
  };
  server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => server.close());

test('a worker of the browser reads a trace to the last column as Node does', async ({ page: tab }) => {
  const { port } = server.address() as AddressInfo; // listening on TCP, not on a pipe
  await tab.goto(`http://127.0.0.1:${port}/`);
  const read: unknown = await tab.evaluate('window.read()');
  const node = readTrace(bufferSource(readFileSync(recorded)));
  expect(node.log.count).toBeGreaterThan(1_000);
  expect(read).toBe(
    JSON.stringify(node, (_, value) => (ArrayBuffer.isView(value) ? Array.from(Object(value)) : value)),
  );
});
