import { spawnSync } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrace, writeEvents } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { goToolchain, oracleGo, parsedByGo } from '@/tests/support/go-tool-trace';
import { hasProgram } from '@/tests/support/has-program';

/** Everything the runtime can write, recorded here and now by several Go versions, against `go tool trace -d=parsed`. */
const versions = ['1.22.12', '1.23.5', '1.24.4', '1.25.1', '1.26', '1.27.0'];
const programs = 'tests/fixtures/gotrace/programs';
const scenes = [
  'again',
  'annotations',
  'c-threads',
  'collector',
  'idle',
  'iterators',
  'locks',
  'processors',
  'profile',
  'short-lives',
  'syscalls',
  'threads',
];
/** Iterators came with Go 1.23, C threads need a C compiler. */
const optional = /^(iterators|c-threads)$/;
const folder = mkdtempSync(join(tmpdir(), 'lockscope-trace-events-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasGo = hasProgram('go');
const oracle = hasGo ? goToolchain(oracleGo) : undefined;
const cgo = hasProgram('gcc') ? '1' : '0';
/** A generation every 20 ms instead of every second: many ends of generations in a short scene. */
const godebug = 'traceadvanceperiod=20000000,tracecheckstackownership=1';

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd = folder): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Builds the program with this toolchain; returns its path. */
function buildStress(version: string, env: Readonly<Record<string, string>>): string {
  const source = mkdtempSync(join(folder, 'source-'));
  for (const file of ['stress', 'stress_iter', 'stress_cgo']) {
    copyFileSync(`${programs}/${file}.go.txt`, join(source, `${file}.go`));
  }
  writeFileSync(join(source, 'go.mod'), `module stress\n\ngo ${version.split('.').slice(0, 2).join('.')}\n`);
  run('go', ['build', '-trimpath', '-o', 'stress', '.'], { ...env, CGO_ENABLED: cgo }, source);
  return join(source, 'stress');
}

/** What each thread did and what happened to each goroutine, in order, without times: a digest by its id. */
class Digests {
  readonly #hashes = new Map<string, Hash>();

  add(line: string): void {
    const text = line.replace(/ Time=\d+/, '');
    const [thread = ''] = text.split(' ', 1);
    this.#update(thread, text);
    const [goroutine] = /GoID=\d+/.exec(text) ?? [];
    if (goroutine !== undefined) this.#update(goroutine, text);
  }

  get threads(): number {
    return [...this.#hashes.keys()].filter((key) => key.startsWith('M=')).length;
  }

  all(): Map<string, string> {
    return new Map([...this.#hashes].map(([key, hash]) => [key, hash.copy().digest('hex')]));
  }

  #update(key: string, text: string): void {
    const hash = this.#hashes.get(key) ?? createHash('md5');
    this.#hashes.set(key, hash.update(`${text}\n`));
  }
}

/**
 * Go's reader sorts threads when the earliest one must wait, and its sort keeps equal times in no order beyond this many:
 * which of two events of one time comes first is then chance, and every later time may be moved up.
 */
const stablySorted = 12;

/**
 * Compares line by line, ours kept in a file meanwhile. Where the order differs, with more threads than are sorted
 * stably, each thread and each goroutine must have the same lines. The first difference is the message. Returns how many
 * lines there are.
 */
async function compare(trace: string): Promise<number> {
  const file = `${trace}.ours`;
  const out = openSync(file, 'w');
  let chunk: string[] = [];
  const flush = () => {
    writeSync(out, chunk.map((line) => `${line}\n`).join(''));
    chunk = [];
  };
  writeEvents(bufferSource(readFileSync(trace)), (line) => {
    if (chunk.push(line) === 10_000) flush();
  });
  flush();
  closeSync(out);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })[
    Symbol.asyncIterator
  ]();
  const [ours, theirs] = [new Digests(), new Digests()];
  let count = 0;
  let first: string | undefined;
  for await (const line of parsedByGo(trace, oracle ?? {})) {
    const { value = '' } = await lines.next();
    count += 1;
    ours.add(value);
    theirs.add(line);
    if (value !== line) first ??= `event ${count}\n  Go: ${line}\nours: ${value}`;
  }
  expect((await lines.next()).done).toBe(true);
  if (first !== undefined) {
    if (theirs.threads <= stablySorted) throw new Error(first);
    expect(ours.all(), first).toEqual(theirs.all());
  }
  rmSync(file);
  return count;
}

describe.each(versions)('what Go %s writes is read as Go itself reads it:', (version) => {
  const toolchain = hasGo ? goToolchain(version) : undefined;
  const missing = toolchain === undefined ? `Go ${version}` : oracle === undefined ? `Go ${oracleGo}` : undefined;
  if (missing !== undefined) {
    test.skip(`${missing} is neither installed nor in the module cache`, () => {});
    return;
  }
  let program = '';
  beforeAll(() => {
    program = buildStress(version, toolchain ?? {});
  });

  test.each(scenes)('%s', async (scene) => {
    if (!run(program, [], {}).split('\n').includes(scene)) {
      expect([scene, version.startsWith('1.22.') || cgo === '0']).toEqual([expect.stringMatching(optional), true]);
      return;
    }
    const trace = join(folder, `${scene}-${version}.trace`);
    run(program, [scene, trace], { GODEBUG: godebug, GOGC: scene === 'collector' ? '5' : '100' });
    const events = await compare(trace);
    const read = readTrace(bufferSource(readFileSync(trace)));
    expect(read.lost).toEqual([]);
    expect(read.generations.length).toBeGreaterThan(1);
    expect(events).toBeGreaterThan(read.events / 2);
    rmSync(trace);
  });
});
