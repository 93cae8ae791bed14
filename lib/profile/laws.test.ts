import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeMessage } from '@/lib/pprof/encode';
import { toProfile } from '@/lib/pprof/to-profile';
import { anyProfile, lawOptions, twoOfOneProcess } from '@/tests/support/profile-laws';
import { deltaProfile } from './delta';
import { diffProfiles } from './diff';
import { filterProfile, totalsOf } from './filter';
import { mergeProfiles } from './merge';

test('merging commutes', () => {
  fc.assert(
    fc.property(anyProfile, anyProfile, (a, b) => {
      expect(mergeProfiles([a, b])).toEqual(mergeProfiles([b, a]));
    }),
    lawOptions,
  );
});

test('merging associates', () => {
  fc.assert(
    fc.property(anyProfile, anyProfile, anyProfile, (a, b, c) => {
      const inPairs = mergeProfiles([mergeProfiles([a, b]), c]);
      expect(inPairs).toEqual(mergeProfiles([a, mergeProfiles([b, c])]));
      expect(inPairs).toEqual(mergeProfiles([a, b, c]));
    }),
    lawOptions,
  );
});

test('merging one profile changes nothing', () => {
  fc.assert(
    fc.property(anyProfile, (a) => {
      expect(mergeProfiles([a])).toEqual(a);
    }),
    lawOptions,
  );
});

test('merging keeps the total', () => {
  fc.assert(
    fc.property(anyProfile, anyProfile, (a, b) => {
      const [merged, first, second] = [totalsOf(mergeProfiles([a, b])), totalsOf(a), totalsOf(b)];
      expect(merged).toEqual(first.map((total, column) => total + (second[column] ?? 0n)));
    }),
    lawOptions,
  );
});

test('a profile does not differ from itself', () => {
  fc.assert(
    fc.property(anyProfile, (a) => {
      expect(diffProfiles(a, a).samples.length).toBe(0);
    }),
    lawOptions,
  );
});

test('the base and the difference make the comparison', () => {
  fc.assert(
    fc.property(twoOfOneProcess, ([base, comparison]) => {
      const again = diffProfiles(diffProfiles(base, comparison), comparison);
      expect({ ...again, durationNanos: 0n, timeNanos: 0n }).toEqual({ ...base, durationNanos: 0n, timeNanos: 0n });
    }),
    lawOptions,
  );
});

test('what came on top of a cumulative profile is the delta', () => {
  fc.assert(
    fc.property(twoOfOneProcess, ([earlier, window]) => {
      const later = mergeProfiles([earlier, window]);
      const delta = deltaProfile(later, earlier);
      const { timeNanos, durationNanos } = delta.profile;
      expect(delta).toEqual({ profile: { ...window, timeNanos, durationNanos }, restarted: false, fell: 0 });
    }),
    lawOptions,
  );
});

test('kept and left out make the total', () => {
  fc.assert(
    fc.property(anyProfile, (a) => {
      const { profile, leftOut } = filterProfile(a, (frames) =>
        frames.some(({ function: name }) => name === 'main.main'),
      );
      const kept = totalsOf(profile);
      expect(kept.map((total, column) => total + (leftOut.values[column] ?? 0n))).toEqual(totalsOf(a));
      expect(profile.samples.length + leftOut.samples).toBe(a.samples.length);
    }),
    lawOptions,
  );
});

test('decoding what was encoded gives the same profile', () => {
  fc.assert(
    fc.property(anyProfile, (a) => {
      fc.pre(totalsFit(a.samples.wide));
      expect(toProfile(decodePprof(encodeMessage(a)))).toEqual(a);
    }),
    lawOptions,
  );
});

function totalsFit(wide: readonly ReadonlyMap<number, bigint>[]): boolean {
  return wide.every((column) => [...column.values()].every((value) => BigInt.asIntN(64, value) === value));
}
