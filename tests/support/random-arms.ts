import { siteOfStack } from '@/lib/contention/site';
import type { Arm, ContentionRow, CpuRow, Run } from '@/lib/regression/run';
import { type Random, randomOf } from '@/lib/regression/stats/seeded-random';
import { sameMachine } from './run-scene';

/** A service's locks and functions, as run-to-run noise and levels. */
export interface NoisyService {
  readonly locks: number;
  readonly functions: number;
  /** Standard deviation of the logarithm of a lock's delay from run to run. */
  readonly lockNoise: number;
  /** CPU samples of a function in a run, on average; Poisson from run to run. */
  readonly samples: number;
}

/** What the head has otherwise, by index of lock or function: a factor, or a new lock's level as a share of the rest. */
export interface Injected {
  readonly lock?: { readonly index: number; readonly factor: number };
  readonly cpu?: { readonly index: number; readonly factor: number };
  readonly newLock?: boolean;
}

/**
 * Base and head of `runs` interleaved runs each. Delays are log-normal with a share common to all sites of a run, so
 * that sites are correlated as on a busy runner; CPU counts are Poisson. The seed decides everything.
 */
export function randomArms(
  seed: number,
  runs: number,
  service: NoisyService,
  injected: Injected = {},
): readonly [base: Arm, head: Arm] {
  const random = randomOf([seed, 6]);
  const arm = (own: Injected, offsetMs: number): Arm => ({
    runs: Array.from({ length: runs }, (_, i) => randomRun(random, i, offsetMs, service, own)),
    fingerprint: sameMachine,
  });
  return [arm({}, 0), arm(injected, 500)];
}

function randomRun(random: Random, index: number, offsetMs: number, service: NoisyService, own: Injected): Run {
  const shared = normal(random) * service.lockNoise * 0.4;
  const locks = Array.from({ length: service.locks }, (_, i): ContentionRow => {
    const factor = own.lock?.index === i ? own.lock.factor : 1;
    const level = 1e9 * 0.8 ** i * factor;
    const delayNs = level * Math.exp(shared + normal(random) * service.lockNoise);
    return lockRow(`shop.(*Store${i}).Put`, delayNs, 40 + 1000 * 0.8 ** i);
  });
  if (own.newLock === true)
    locks.push(lockRow('shop.(*Fresh).Add', 4e8 * Math.exp(normal(random) * service.lockNoise), 300));
  const cpu = Array.from({ length: service.functions }, (_, i): CpuRow => {
    const factor = own.cpu?.index === i ? own.cpu.factor : 1;
    const samples = poisson(random, service.samples * factor);
    return {
      function: `shop.encode${i}`,
      file: 'shop/encode.go',
      startLine: 10 * i + 1,
      selfNs: samples * 1e7,
      cumulativeNs: samples * 1e7,
      samples,
      callers: ['shop.serve'],
      callees: [],
    };
  });
  const nsPerOp = 7000 * Math.exp(normal(random) * 0.1);
  return {
    name: `run ${index + 1}`,
    benchmark: 'shop.BenchmarkServe',
    startMs: 1000 * index + offsetMs,
    per: { ops: 150_000, requests: undefined, seconds: 1 },
    mutex: locks,
    block: undefined,
    cpu,
    times: [{ name: 'shop.BenchmarkServe', nsPerOp }],
  };
}

function lockRow(name: string, delayNs: number, contentions: number): ContentionRow {
  const frames = [
    { function: 'sync.(*Mutex).Unlock', file: 'sync/mutex.go', line: 1, startLine: 1 },
    { function: name, file: 'shop/store.go', line: 107, startLine: 100 },
    { function: 'shop.serve', file: 'shop/serve.go', line: 9, startLine: 1 },
  ];
  const { site } = siteOfStack(frames, 'hold', { wrappers: [] });
  return { site, delayNs: Math.round(delayNs), contentions: Math.round(contentions), callers: ['shop.serve'] };
}

/** Box and Muller, the cosine half. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Knuth's product for small means, a rounded normal beyond 500. */
function poisson(random: Random, mean: number): number {
  if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
