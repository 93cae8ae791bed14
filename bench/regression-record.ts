/**
 * Records the corpus of `bench/regression.ts`: `npx tsx bench/regression-record.ts [rounds]` (needs Go; 48 rounds take
 * some seven minutes). A round is four runs that change nothing and one of each change, in an order drawn anew: each
 * change stands beside runs of the same moment, as `lockscope ci run` interleaves them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomOf, shuffle } from '@/lib/regression/stats/seeded-random';
import { type RecordedRun, writeCorpus } from './regression-corpus';

const changes = ['same-1', 'same-2', 'same-3', 'same-4', 'new-lock', 'hold-x3', 'slow-io', 'cpu-25'];
const ops = 240_000;
const rounds = Number(process.argv[2] ?? 48);

const folder = mkdtempSync(join(tmpdir(), 'lockscope-load-'));
try {
  const program = join(folder, 'load');
  execFileSync('go', ['build', '-o', program, '.'], {
    cwd: fileURLToPath(new URL('./regression-load', import.meta.url)),
    stdio: 'inherit',
  });
  const random = randomOf([rounds]);
  const recordedAt = new Date().toISOString();
  const runs: RecordedRun[] = [];
  for (let round = 0; round < rounds; round++) {
    const order = [...changes];
    shuffle(order, random);
    for (const change of order) runs.push(record(program, change, round));
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  const goVersion = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Linux ${release()}`;
  const bytes = writeCorpus({ recordedAt, goVersion, machine }, runs);
  console.log(`${runs.length} runs, ${bytes} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}

function record(program: string, change: string, round: number): RecordedRun {
  const line = execFileSync(program, [folder, `${ops}`], { env: { ...process.env, CHANGE: change }, encoding: 'utf8' });
  const [startMs = Number.NaN, told = Number.NaN, seconds = Number.NaN] = line.split(' ').map(Number);
  const read = (kind: string): Uint8Array => readFileSync(join(folder, `${kind}.pb`));
  const profiles = { block: read('block'), mutex: read('mutex'), cpu: read('cpu') };
  const bytes = { block: profiles.block.length, mutex: profiles.mutex.length, cpu: profiles.cpu.length };
  return { about: { change, round, startMs, ops: told, seconds, bytes }, profiles };
}
