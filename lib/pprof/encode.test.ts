import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dumpProfile } from '@/lib/profile/dump';
import { mergeProfiles } from '@/lib/profile/merge';
import { soundFixtures } from '@/tests/support/go-fixtures';
import { oracleDump } from '@/tests/support/pprof-oracle';
import { decodePprof } from './decode';
import { encodeProfile } from './encode';
import { toProfile } from './to-profile';

const fixtures = soundFixtures();

test.each(fixtures)('$name: decode, encode, decode is the identity', ({ bytes }) => {
  const profile = toProfile(decodePprof(bytes));
  const encoded = encodeProfile(profile);
  expect(toProfile(decodePprof(encoded))).toEqual(profile);
  expect(encodeProfile(profile)).toEqual(encoded);
});

test.each(fixtures)('$name reads as pprof-format reads it', ({ bytes }) => {
  const message = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  expect(dumpProfile(toProfile(decodePprof(bytes)))).toBe(oracleDump(message));
});

test('a sum beyond int64 is refused', () => {
  const [block] = fixtures;
  if (block === undefined) throw new Error('there are recordings');
  const profile = toProfile(decodePprof(block.bytes));
  const wide = profile.samples.wide.map((_, column) => new Map(column === 1 ? [[0, 2n ** 62n]] : []));
  const large = { ...profile, samples: { ...profile.samples, wide } };
  expect(() => encodeProfile(mergeProfiles([large, large]))).toThrow(
    expect.objectContaining({ code: 'pprof.overflow', place: 'sample 0' }),
  );
});
