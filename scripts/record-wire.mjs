// Records the requests of a profiling client into a folder, for tests/fixtures/wire:
//   node scripts/record-wire.mjs FOLDER PORT
// then point the client at http://127.0.0.1:PORT and stop with Ctrl-C.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [folder = 'recorded', port = '4041'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
let requests = 0;
createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const name = `${folder}/${String(++requests).padStart(3, '0')}`;
    const { method, url, headers } = request;
    writeFileSync(`${name}.body`, Buffer.concat(chunks));
    writeFileSync(`${name}.json`, `${JSON.stringify({ method, url, headers }, null, 2)}\n`);
    response.end();
  });
}).listen(Number(port), '127.0.0.1', () => console.log(`recording to ${folder} on http://127.0.0.1:${port}`));
