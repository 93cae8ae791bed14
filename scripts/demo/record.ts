/** Records what real clients push during an incident; see examples/recorded/README.md. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePack } from './pack';
import type { Receiver } from './receiver';
import { startReceiver } from './receiver';
import type { Pod } from './service';
import { buildPushingService, goVersion, POD_ENVIRONMENT, startPod } from './service';
import { mergeTruth, ProcessTruth } from './truth';

const RECORDED = fileURLToPath(new URL('../../examples/recorded', import.meta.url));
const BEFORE = { build: '1.41.0', hold: '20ms' };
const AFTER = { build: '1.42.0', hold: '2300ms' };
const PODS = 6;
const UPLOAD_SECONDS = 10;
const ROLL_SECONDS = 6; // from one pod's new build to the next
const FAST_QUALITY = 1;

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    reload: { type: 'string', default: '120' },
    rps: { type: 'string', default: '120' },
    out: { type: 'string', default: join(RECORDED, 'order-service') },
  },
});
const length = Number(options.minutes) * 60_000;
const period = Number(options.reload) * 1000;

async function main(): Promise<void> {
  if ((await goVersion()) === undefined) throw new Error('recording needs Go');
  const folder = await mkdtemp(join(tmpdir(), 'lockscope-record-'));
  const executable = await buildPushingService(folder);
  const start = new Date(beginning());
  say(`starts at ${start.toISOString()}, ends ${Number(options.minutes)} minutes later`);
  await until(start.getTime());

  const receiver = await startReceiver(start);
  const truthFiles: string[] = [];
  const launch = (index: number, { build, hold }: typeof BEFORE): Pod => {
    const name = `order-${index}`;
    const truth = join(folder, `${name}-${build}.json`);
    truthFiles.push(truth);
    const load = ['-rps', options.rps, '-reload', `${period}ms`, '-phase', `${phaseOf(index)}ms`, '-hold', hold];
    const push = ['-upload', `${UPLOAD_SECONDS}s`, '-server', receiver.url, '-truth', truth];
    return startPod(executable, { name, build, args: [...load, ...push], onExit: fail });
  };
  await rollOut(start, receiver, launch);
  const end = new Date();
  await receiver.close();

  const requests = receiver.requests.toSorted((a, b) => a.arrival - b.arrival);
  if (receiver.refused.length > 0)
    throw new Error(`${receiver.refused.length} uploads not understood: ${receiver.refused[0]}`);
  const facts = {
    command: `npx tsx scripts/demo/record.ts --minutes ${options.minutes} --reload ${options.reload} --rps ${options.rps}`,
    start: start.toISOString(),
    end: end.toISOString(),
    uploadSeconds: UPLOAD_SECONDS,
    requests: requests.length,
    environment: POD_ENVIRONMENT,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores shared with other work`,
  };
  const processes = await Promise.all(
    truthFiles.map(async (file) => ProcessTruth.parse(JSON.parse(await readFile(file, 'utf8')))),
  );
  await mkdir(join(options.out, '..'), { recursive: true });
  await writeFile(`${options.out}.truth.json`, mergeTruth(facts, processes));
  // First quickly, so that nothing is lost if the long compression is cut short.
  await writeFile(`${options.out}.pack.br`, writePack({ start, requests }, FAST_QUALITY));
  say(`${requests.length} uploads; compressing`);
  const pack = writePack({ start, requests });
  await writeFile(`${options.out}.pack.br`, pack);
  await rm(folder, { recursive: true });
  say(`${relative('.', options.out)}.pack.br: ${(pack.length / 1e6).toFixed(2)} MB`);
}

/** Starts all pods with the build before, and replaces them one by one at half time. */
async function rollOut(
  start: Date,
  receiver: Receiver,
  launch: (index: number, build: typeof BEFORE) => Pod,
): Promise<void> {
  const pods: Pod[] = [];
  for (let index = 0; index < PODS; index++) {
    pods.push(launch(index, BEFORE));
    await sleep(1300); // pods of a deployment do not upload in step
  }
  await until(start.getTime() + length / 2);
  for (const [index, pod] of pods.entries()) {
    await pod.stop();
    pods[index] = launch(index, AFTER);
    say(`${pod.name}: ${pod.build} -> ${AFTER.build}, ${receiver.requests.length} uploads so far`);
    await sleep(ROLL_SECONDS * 1000);
  }
  await until(start.getTime() + length);
  await Promise.all(pods.map((pod) => pod.stop()));
}

/** Four pods reload together, as by one cron entry, and two at a third and two thirds of the period. */
function phaseOf(index: number): number {
  return index < 4 ? 0 : ((index - 3) * period) / 3;
}

/** A quarter period after a full one, so that neither the roll-out nor the end falls on a reload. */
function beginning(): number {
  return (Math.floor((Date.now() - period / 4) / period) + 1) * period + period / 4;
}

async function until(time: number): Promise<void> {
  await sleep(Math.max(0, time - Date.now()));
}

function fail(how: string): void {
  console.error(`record: ${how}`);
  process.exit(1);
}

function say(text: string): void {
  console.error(`record: ${text}`);
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main();
