/** Records an execution trace of one pod around a reload; see examples/recorded/README.md. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { freePort } from '../free-port.mjs';
import { RECORDED_TRACE } from './replay-trace';
import { goVersion, SERVICE, startPod } from './service';

const run = promisify(execFile);
const seconds = 6;
const beforeMs = 2_000;
const warmUpMs = 10_000;

/** The pod reloads when the clock is at a whole period. */
const periodMs = 30_000;

async function main(): Promise<void> {
  if ((await goVersion()) === undefined)
    throw new Error('recording needs Go 1.25 or newer: older traces hold no wall clock');
  const folder = await mkdtemp(join(tmpdir(), 'lockscope-trace-'));
  const executable = join(folder, 'order-service');
  await run('go', ['build', '-trimpath', '-o', executable, '.'], { cwd: SERVICE });
  const load = ['-rps', '120', '-reload', `${periodMs}ms`, '-hold', '2300ms'];
  const port = await freePort();
  let ended: string | undefined;
  const pod = startPod(executable, {
    name: 'order-0',
    build: '1.42.0',
    args: [...load, '-listen', `127.0.0.1:${port}`],
    onExit: (how) => {
      ended = how;
    },
  });
  const ready = Date.now() + warmUpMs;
  const reload = Math.ceil((ready + beforeMs) / periodMs) * periodMs;
  await sleep(reload - beforeMs - Date.now());
  if (ended !== undefined) throw new Error(`the service ended: ${ended}`);
  const response = await fetch(`http://127.0.0.1:${port}/debug/pprof/trace?seconds=${seconds}`);
  const trace = Buffer.from(await response.arrayBuffer());
  await pod.stop();
  await rm(folder, { recursive: true });
  if (response.status !== 200) throw new Error(`the service answered ${response.status}: ${trace.toString()}`);
  const packed = brotliCompressSync(trace, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: trace.length } });
  await writeFile(RECORDED_TRACE, packed);
  console.error(`${trace.length} bytes, ${packed.length} packed; the reload was at ${new Date(reload).toISOString()}`);
}

await main();
