import fc from 'fast-check';
import { ProfileBuilder } from '@/lib/profile/build';
import type { ProfileHeader } from '@/lib/profile/header';
import type { Frame, Mapping, Profile, SampleLabel } from '@/lib/profile/profile';

/** One seed for every run; fast-check prints it with a counter-example. */
export const lawOptions = { seed: 20_260_131, numRuns: 200 } as const;

interface Address {
  readonly low: number;
  readonly high: number;
  /** Taken modulo the number of mappings; -1 = none. */
  readonly mapping: number;
}

// Few names, so that random stacks meet each other.
const frame: fc.Arbitrary<Frame> = fc.record({
  function: fc.constantFrom('main.main', 'sync.(*Mutex).Lock', 'config.(*Manager).Get', 'a·b', 'map[...]', ' '),
  file: fc.constantFrom('', 'main.go', '/srv/src/config.go'),
  line: fc.constantFrom(0, 1, 44, 4_294_967_295),
  startLine: fc.constantFrom(0, 1, 40),
});

const address: fc.Arbitrary<Address> = fc.record({
  low: fc.constantFrom(0, 0x415431, 0xffffffff),
  high: fc.constantFrom(0, 0xffffffff),
  mapping: fc.integer({ min: -1, max: 1 }),
});

const label: fc.Arbitrary<SampleLabel> = fc.record({
  key: fc.constantFrom('', 'endpoint', 'tenant'),
  value: fc.oneof(
    fc.constantFrom('', '/order', 'a "quoted" one'),
    fc.record({ number: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), unit: fc.constantFrom('', 'bytes') }),
  ),
});

const mapping: fc.Arbitrary<Mapping> = fc.record({
  start: fc.constantFrom(0n, 0x400000n, 0xffffffffff600000n),
  limit: fc.constant(0xffffffffff601000n),
  offset: fc.constantFrom(0n, 4096n),
  file: fc.constantFrom('/srv/bin/ordersvc', '[vsyscall]'),
  buildId: fc.constantFrom('', 'abc'),
});

const time = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 2n ** 61n }));

const header = fc.record({
  sampleTypes: fc.constant([
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ]),
  periodType: fc.constantFrom({ type: '', unit: '' }, { type: 'contentions', unit: 'count' }),
  period: fc.nat(3),
  timeNanos: time,
  durationNanos: time,
  mappings: fc.uniqueArray(mapping, {
    maxLength: 2,
    selector: (one) => `${one.start}${one.file}${one.offset}${one.buildId}`,
  }),
  comments: fc.uniqueArray(fc.constantFrom('go1.23', 'a b'), { maxLength: 2 }),
  defaultSampleType: fc.constantFrom('', 'delay', 'contentions'),
});

/** Any int64 that can be added up four times; often beyond 2^53, sometimes negative. */
const anyValue = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n - 1n }));
const positiveValue = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.bigInt({ min: 1n, max: 2n ** 61n - 1n }));

/** Profiles of one kind with random headers and samples, some of them unsymbolised. */
export const anyProfile: fc.Arbitrary<Profile> = header.chain((head) => profileOf(head, anyValue));

/** Profiles of one process whose values are all positive, as cumulative ones are. */
export const twoOfOneProcess: fc.Arbitrary<readonly [Profile, Profile]> = header.chain((head) =>
  fc.tuple(profileOf(head, positiveValue), profileOf(head, positiveValue)),
);

function profileOf(head: ProfileHeader, value: fc.Arbitrary<number | bigint>): fc.Arbitrary<Profile> {
  const row = fc.record({
    frames: fc.array(fc.oneof({ weight: 3, arbitrary: frame }, { weight: 1, arbitrary: address }), { maxLength: 4 }),
    values: fc.tuple(value, value),
    labels: fc.array(label, { maxLength: 2 }),
  });
  return fc.array(row, { maxLength: 8 }).map((rows) => {
    const builder = new ProfileBuilder(head);
    const mappings = head.mappings?.length ?? 0;
    for (const { frames, values, labels } of rows) {
      const locations = frames.map((one) => {
        if ('function' in one) return builder.frame(one);
        return builder.addressLocation(one.low, one.high, mappings === 0 ? -1 : one.mapping % mappings);
      });
      builder.add(builder.stack(locations), builder.labelSet(labels), values);
    }
    return builder.build();
  });
}
