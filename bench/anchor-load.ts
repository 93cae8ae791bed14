import { readFileSync } from 'node:fs';
import { defaultWrappers, siteOfStack } from '@/lib/contention/site';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { toProfile } from '@/lib/pprof/to-profile';
import { deltaProfile } from '@/lib/profile/delta';
import { framesOfStack } from '@/lib/profile/frame';
import { stackIdOf } from '@/lib/profile/identity';
import type { Profile } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { SiteDef, StackDef } from '@/lib/profile/site';
import type { Window } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/** One recorded window of one kind: what every generated window of that kind is scaled from. */
export interface RecordedWindow {
  readonly type: ProfileType;
  readonly profile: Profile;
  readonly stacks: readonly StackDef[];
  readonly sites: readonly SiteDef[];
  /** Ascending by stack id. */
  readonly rows: readonly { readonly id: bigint; readonly count: number; readonly value: number }[];
}

const folder = new URL('../tests/fixtures/go/ordersvc-go1.26-bad-block10000-mutex10/', import.meta.url);
const contentions = { sampleType: 'delay', sampleUnit: 'nanoseconds', periodType: 'contentions', periodUnit: 'count' };
const cpuTime = { sampleType: 'cpu', sampleUnit: 'nanoseconds', periodType: 'cpu', periodUnit: 'nanoseconds' };

function read(name: string): Profile {
  return toProfile(decodePprof(readFileSync(new URL(name, folder))));
}

/**
 * Windows of a recorded order service with a slow reload: block, mutex and CPU. The other windows of the load are
 * these with every number scaled at random by 0.5 to 1.5; nothing of it is ever shown as a measurement of a service.
 */
export function recordedWindows(): RecordedWindow[] {
  const delta = (kind: string) => deltaProfile(read(`w2-${kind}.pb.gz`), read(`w1-${kind}.pb.gz`)).profile;
  return [
    toWindow({ name: 'block', ...contentions }, delta('block'), 'wait'),
    toWindow({ name: 'mutex', ...contentions }, delta('mutex'), 'hold'),
    toWindow({ name: 'process_cpu', ...cpuTime }, read('w1-cpu.pb.gz'), 'other'),
  ];
}

function toWindow(type: ProfileType, profile: Profile, role: 'wait' | 'hold' | 'other'): RecordedWindow {
  const stacks = new Map<bigint, StackDef>();
  const sites = new Map<bigint, SiteDef>();
  const sums = new Map<bigint, { count: number; value: number }>();
  for (let sample = 0; sample < profile.samples.length; sample++) {
    const frames = framesOfStack(profile, profile.samples.stack[sample] ?? 0);
    const { id, chk } = stackIdOf(frames);
    const { site, lock } = siteOfStack(frames, role, { wrappers: defaultWrappers });
    stacks.set(id, { id, chk, site: site.id, frames });
    sites.set(lock.id, lock).set(site.id, site);
    const sum = sums.get(id) ?? { count: 0, value: 0 };
    sum.count += profile.samples.values[0]?.[sample] ?? 0;
    sum.value += profile.samples.values[1]?.[sample] ?? 0;
    sums.set(id, sum);
  }
  const rows = [...sums].map(([id, sum]) => ({ id, ...sum })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { type, profile, stacks: [...stacks.values()], sites: [...sites.values()], rows };
}

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function podName(pod: number): string {
  return `order-service-${String(pod).padStart(2, '0')}`;
}

/** One 10 s window of one pod: the recorded one, each row scaled by 0.5 to 1.5 (CPU stays count × 10 ms). */
export function scaledWindow(recorded: RecordedWindow, pod: number, start: number, random: () => number): Window {
  const { length } = recorded.rows;
  const window = {
    series: {
      type: recorded.type,
      labels: [
        ['build', 'v1'],
        ['go', 'go1.26.10'],
        ['pod', podName(pod)],
        ['service_name', 'order-service'],
      ],
    },
    start: unixMs(start),
    wallMs: 10_000,
    kind: 'delta',
    stacks: BigUint64Array.from(recorded.rows, ({ id }) => id),
    counts: new Float64Array(length),
    values: new Float64Array(length),
  } satisfies Window;
  recorded.rows.forEach(({ count, value }, row) => {
    const factor = 0.5 + random();
    window.counts[row] = Math.round(count * factor);
    window.values[row] = recorded.type.name === 'process_cpu' ? window.counts[row] * 1e7 : Math.round(value * factor);
  });
  return window;
}

/** A window as the gzip pprof file a client would send. */
export function pprofOf(recorded: RecordedWindow, random: () => number): Uint8Array {
  const values = recorded.profile.samples.values.map((column) =>
    column.map((value) => Math.round(value * (0.5 + random()))),
  );
  const samples = { ...recorded.profile.samples, values, wide: values.map(() => new Map<number, bigint>()) };
  return encodeProfile({ ...recorded.profile, samples });
}
