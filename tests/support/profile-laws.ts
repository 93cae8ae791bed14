import fc from 'fast-check';
import { buildProfile, type ProfileRow } from '@/lib/profile/build';
import type { ProfileHeader } from '@/lib/profile/header';
import type { Frame, Profile, SampleLabel } from '@/lib/profile/profile';

/** One seed for every run; fast-check prints it with a counter-example. */
export const lawOptions = { seed: 20_260_131, numRuns: 200 } as const;

const header: ProfileHeader = {
  sampleTypes: [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ],
  periodType: { type: 'contentions', unit: 'count' },
  period: 1,
  mappings: [{ start: 0x400000n, limit: 0x6f5000n, offset: 0n, file: '/srv/bin/ordersvc', buildId: 'abc' }],
};

// Few names, so that random stacks meet each other.
const frame: fc.Arbitrary<Frame> = fc.record({
  function: fc.constantFrom('main.main', 'sync.(*Mutex).Lock', 'config.(*Manager).Get', 'a·b', 'map[...]', ' '),
  file: fc.constantFrom('', 'main.go', '/srv/src/config.go'),
  line: fc.constantFrom(0, 1, 44, 4_294_967_295),
  startLine: fc.constantFrom(0, 1, 40),
});

const label: fc.Arbitrary<SampleLabel> = fc.record({
  key: fc.constantFrom('endpoint', 'tenant'),
  value: fc.oneof(
    fc.constantFrom('', '/order', 'a "quoted" one'),
    fc.record({ number: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), unit: fc.constantFrom('', 'bytes') }),
  ),
});

/** Any int64 that can be added up four times; often beyond 2^53, sometimes negative. */
const anyValue = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n - 1n }));
const positiveValue = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.bigInt({ min: 1n, max: 2n ** 61n - 1n }));

const time = fc.bigInt({ min: 0n, max: 2n ** 62n });

/** Profiles of one kind with random samples, times and durations. */
export const anyProfile: fc.Arbitrary<Profile> = profileOf(anyValue);

/** Like `anyProfile`, but every value is positive, as in a cumulative profile. */
export const cumulativeProfile: fc.Arbitrary<Profile> = profileOf(positiveValue);

function profileOf(value: fc.Arbitrary<number | bigint>): fc.Arbitrary<Profile> {
  const row: fc.Arbitrary<ProfileRow> = fc.record({
    frames: fc.array(frame, { maxLength: 4 }),
    values: fc.tuple(value, value),
    labels: fc.array(label, { maxLength: 2 }),
  });
  return fc
    .record({ rows: fc.array(row, { maxLength: 8 }), timeNanos: time, durationNanos: time })
    .map(({ rows, timeNanos, durationNanos }) => buildProfile({ ...header, timeNanos, durationNanos }, rows));
}
