import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { type LockTrace, waitFlag } from '@/lib/locktrace/lock-trace';
import { nearestRank } from '@/lib/locktrace/percentiles';
import { buildGo, endProgram, endStartedPrograms, startProgram } from '@/tests/support/go-program';
import { goToolchain } from '@/tests/support/go-tool-trace';
import { hasProgram } from '@/tests/support/has-program';

/** The incident, traced here and now by every Go at hand, against what the service wrote of its own calls. */
const versions = ['1.22.12', '1.23.5', '1.24.4', '1.25.1', '1.26', '1.27.0'];
const period = 3;
/** Longer than a period and a hold: one whole reload is always in it. */
const traceSeconds = 4.5;
const folder = mkdtempSync(join(tmpdir(), 'lockscope-trace-orders-'));
afterEach(() => endStartedPrograms());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Call {
  readonly goroutine: number;
  readonly requestNs: number;
  readonly acquiredNs: number;
}

interface Recorded {
  readonly trace: Trace;
  readonly found: LockTrace;
  /** Times as the trace counts them. */
  readonly calls: readonly Call[];
}

/** Runs the service until a trace over one reload is there; `path` is asked for it. */
async function record(binary: string, flags: readonly string[], path: string, waitMs: number): Promise<Recorded> {
  const truth = `${binary}.calls`;
  const child = startProgram(binary, [
    ...['-listen', '127.0.0.1:0', '-rps', '200', '-reload', `${period}s`, '-hold', '1s'],
    ...['-truth-calls', truth, ...flags],
  ]);
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (part: string) => {
      text += part;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    void once(child, 'exit').then(() => reject(new Error(`order-service ended: ${text}`)));
  });
  // The first order comes after the first reload, which takes as long as every other.
  await new Promise((resolve) => setTimeout(resolve, 1_500 + waitMs));
  const answer = await fetch(`${url}${path}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.status, new TextDecoder().decode(bytes.subarray(0, 200))).toBe(200);
  await endProgram(child);
  const trace = readTrace(bufferSource(bytes));
  return { trace, found: analyseLocks(trace), calls: callsOf(truth, trace.clock.startMonotonicNs) };
}

function callsOf(file: string, startNs: number): Call[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [goroutine, , request, acquired] = line.split(' ').map(Number);
    return {
      goroutine: goroutine ?? -1,
      requestNs: (request ?? 0) - startNs,
      acquiredNs: (acquired ?? 0) - startNs,
    };
  });
}

/** Goroutines inside a call at once, at most, over calls that touch the trace. */
function mostAtOnce(calls: readonly Call[], durationNs: number): number {
  const steps = calls
    .filter(({ requestNs, acquiredNs }) => acquiredNs > 0 && requestNs < durationNs)
    .flatMap(({ requestNs, acquiredNs }) => [[requestNs, 1] as const, [acquiredNs, -1] as const])
    .sort(([a, up], [b, down]) => a - b || up - down);
  let [now, most] = [0, 0];
  for (const [at, step] of steps) {
    now += step;
    if (at >= 0 && at <= durationNs) most = Math.max(most, now);
  }
  return most;
}

function checkIncident({ trace, found, calls }: Recorded): void {
  expect(trace.lost).toEqual([]);
  const [lock] = found.locks.filter(({ isLock }) => isLock);
  expect([lock?.name, lock?.family]).toEqual(['config.(*OrderConfigManager)', 'RWMutex']);
  if (lock === undefined) return;

  const [holder] = lock.holders;
  expect(found.sites[holder?.site ?? -1]?.function).toMatch(/config\.\(\*OrderConfigManager\)\.ReloadFromDB$/);
  expect(holder?.role).toBe('holder');
  const doing = Object.entries(holder?.doing ?? {}).sort(([, a], [, b]) => b - a);
  expect(doing[0]?.[0]).toBe('sleep'); // the database only sleeps

  const [waiter] = lock.waiters;
  expect(found.sites[waiter?.site ?? -1]?.function).toMatch(/config\.\(\*OrderConfigManager\)\.GetConfig$/);
  const { waits } = found;
  const pairs: { readonly oursNs: number; readonly truthNs: number; readonly offNs: number }[] = [];
  for (let wait = 0; wait < waits.count; wait += 1) {
    const cut = ((waits.flags[wait] ?? 0) & (waitFlag.beganBefore | waitFlag.unfinished)) !== 0;
    if (waits.site[wait] !== waiter?.site || cut) continue;
    const goroutine = trace.goroutines.id[waits.goroutine[wait] ?? -1];
    const beginNs = waits.beginNs[wait] ?? 0;
    const acquiredNs = waits.acquiredNs[wait] ?? 0;
    const call = calls.find(
      (one) => one.goroutine === goroutine && one.requestNs <= beginNs + 1_000 && beginNs <= one.acquiredNs,
    );
    expect(call, `a wait of goroutine ${goroutine} at ${beginNs} ns is a call`).toBeDefined();
    if (call === undefined) return;
    pairs.push({
      oursNs: acquiredNs - beginNs,
      truthNs: call.acquiredNs - call.requestNs,
      offNs: Math.max(Math.abs(beginNs - call.requestNs), Math.abs(acquiredNs - call.acquiredNs)),
    });
  }
  expect(pairs.length).toBeGreaterThan(100); // 200 orders a second over a hold of 1 s
  expect(pairs.length).toBe(waiter?.percentiles.n);

  const truth = Float64Array.from(pairs, ({ truthNs }) => truthNs).sort();
  expectWithinOnePercent(waiter?.percentiles.p99Ns, nearestRank(truth, 0.99));
  expectWithinOnePercent(waiter?.percentiles.maxNs, truth.at(-1));
  const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
  expectWithinOnePercent(sum(pairs.map(({ oursNs }) => oursNs)), sum(truth));
  // Single calls: the last ones of a stall waited shorter than one switch of threads may take.
  const far = pairs.filter(({ offNs, truthNs }) => offNs > Math.max(truthNs / 100, 1_000_000));
  expect(far.length / pairs.length).toBeLessThan(0.01);

  expectWithinOnePercent(lock.queue.max, mostAtOnce(calls, trace.durationNs));
}

function expectWithinOnePercent(ours: number | null | undefined, truth: number | null | undefined): void {
  expect(Math.abs((ours ?? Number.NaN) / (truth ?? Number.NaN) - 1), `${ours} beside ${truth}`).toBeLessThan(0.01);
}

describe.each(versions)('order-service traced by Go %s', (version) => {
  const toolchain = hasProgram('go') ? goToolchain(version) : undefined;
  if (toolchain === undefined) {
    test.skip(`Go ${version} is neither installed nor in the module cache`, () => {});
    return;
  }
  const binary = join(folder, `order-service-${version}`);

  test('names the reload as the holder, what it did, the most waiters, and the exact P99 of GetConfig', async () => {
    buildGo('examples/order-service', binary, toolchain);
    checkIncident(await record(binary, [], `/debug/pprof/trace?seconds=${traceSeconds}`, 0));
  });

  const hasRecorder = Number(version.split('.')[1]) >= 25;
  test.runIf(hasRecorder)('so does the snapshot of its flight recorder', async () => {
    buildGo('examples/order-service', binary, toolchain);
    const flags = ['-flight-recorder', `${traceSeconds}s`];
    checkIncident(await record(binary, flags, '/debug/lockscope/flightrecorder', 1_000 * (traceSeconds + 1)));
  });

  test.runIf(!hasRecorder)('says that a flight recorder needs a later Go', async () => {
    buildGo('examples/order-service', binary, toolchain);
    const asked = record(binary, ['-flight-recorder', '10s'], '/debug/lockscope/flightrecorder', 0);
    await expect(asked).rejects.toThrow(/needs Go 1\.25/);
  });
});
