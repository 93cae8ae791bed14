// Starts the built server on a free port and an empty data folder, sends it one recorded profile, reads it back, loads
// the first page and stops it by SIGTERM. Exit 0 when all of that works. Runs on whatever Node runs this file.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

const port = await freePort();
const data = mkdtempSync(join(tmpdir(), 'lockscope-smoke-'));
const base = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, ['--max-semi-space-size=4', '--enable-source-maps', 'dist/server.js'], {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    LOCKSCOPE_HOST: '127.0.0.1',
    LOCKSCOPE_PORT: String(port),
    LOCKSCOPE_DATA: data,
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
const exited = new Promise((resolve) => server.once('exit', (code) => resolve(code)));

/** Fetches, and fails loudly unless the status is 200. */
async function ok(path, options) {
  const response = await fetch(base + path, options);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
  return text;
}

let failure;
try {
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${base}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      break;
    if (tries > 150) throw new Error('the server did not answer /healthz within 30 s');
    await sleep(200);
  }
  const profile = readFileSync('tests/fixtures/go/antip-go1.23-rw-long-writer/block.pb.gz');
  const now = Math.floor(Date.now() / 1000);
  const form = new FormData();
  form.append('profile', new Blob([profile]), 'profile.pprof');
  form.append(
    'sample_type_config',
    new Blob(['{"contentions":{"display-name":"block_count"},"delay":{"display-name":"block_duration"}}']),
    'c.json',
  );
  await ok(`/ingest?name=smoke%7Bpod%3Da%7D&spyName=gospy&from=${now - 10}&until=${now}`, {
    method: 'POST',
    body: form,
  });
  const { locks } = JSON.parse(await ok('/api/v1/services/smoke/locks?from=now-1h&to=now'));
  if (!locks[0]?.waiters[0]?.site.function.endsWith('.Get'))
    throw new Error(`first lock is ${JSON.stringify(locks[0])}`);
  if (!(await ok('/')).includes('smoke')) throw new Error('the overview does not name the service');
} catch (error) {
  failure = error;
}
server.kill('SIGTERM');
const code = await exited;
rmSync(data, { recursive: true, force: true });
if (failure !== undefined) throw failure;
if (code !== 0) throw new Error(`the server ended with ${code} after SIGTERM`);
console.log(`smoke test passed on Node ${process.version}`);
