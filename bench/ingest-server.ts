/**
 * Server side of bench/ingest.ts, a process of its own: `lockscope` = the write path over SQLite and the catalogue,
 * as server.ts puts them together; `files` = the named alternative: a plain node:http server that writes each body to
 * a file, syncs it and answers 200. Prints its port; answers `cpu` on stdin with its CPU time in ms, all threads.
 */
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createIngest } from '@/ingest/receive';
import { openBlobs } from '@/lib/blobs/open';
import { openCatalog } from '@/lib/catalog/open';
import { parseConfigFile } from '@/lib/config-file';
import { openSampleStore } from '@/lib/store/open';
import { unixMs } from '@/lib/units';

const [mode = 'lockscope', dir = '.', workers = ''] = process.argv.slice(2);

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function lockscope(): Promise<Handler> {
  const store = await openSampleStore({ dir, workerUrl: new URL('read.worker.js', `file://${workers}/`) });
  const ingest = createIngest({
    store,
    catalog: await openCatalog({ dir }),
    blobs: openBlobs({ dir: join(dir, 'blobs') }),
    storeTrace: () => Promise.reject(new Error('the bench sends no traces')),
    config: parseConfigFile('', 'defaults'),
    workerUrl: new URL('decode.worker.js', `file://${workers}/`),
    now: () => unixMs(Date.now()),
  });
  return (request, response) => void ingest.handle(request, response);
}

function files(): Handler {
  let next = 0;
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const file = await open(join(dir, `${next++}.form`), 'w');
      await file.write(Buffer.concat(chunks));
      await file.datasync();
      await file.close();
      response.end();
    });
  };
}

const server = createServer(mode === 'files' ? files() : await lockscope());
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
  // `listen` on a TCP port gives an AddressInfo.
  console.log(`port ${(server.address() as AddressInfo).port}`);
});
createInterface({ input: process.stdin }).on('line', () => {
  const { user, system } = process.cpuUsage();
  console.log(`cpu ${(user + system) / 1_000} rss ${process.memoryUsage().rss}`);
});
