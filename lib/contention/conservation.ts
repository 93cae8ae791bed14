import { sumOf } from './group';
import type { LocksInput, SamplingFacts, SiteRow } from './input';
import type { Conservation } from './lock';
import { mutexMeaning } from './version';

/** A ratio in this range counts as conserved, everywhere (docs/api.md). */
export function isConserved(ratio: number | null): boolean {
  return ratio !== null && ratio >= 0.8 && ratio <= 1.25;
}

/**
 * True when the two profiles cover time spans whose lengths differ by more than a tenth, or when only one tells its
 * length: the other then runs since its process started.
 */
export function spansDiffer({ block, mutex }: Pick<LocksInput, 'block' | 'mutex'>): boolean {
  if (block === undefined || mutex === undefined) return false;
  const [a, b] = [block.wallMs ?? 0, mutex.wallMs ?? 0];
  return a > 0 === b > 0 ? Math.abs(a - b) > 0.1 * Math.max(a, b) : true;
}

/**
 * Holds what waited against what unlocks were charged: two independent records of the same waits (Go >= 1.22,
 * fraction 1; go-lock-profiles 1.6). undefined when neither side has a row.
 */
export function checkConservation(
  waits: readonly SiteRow[],
  holds: readonly SiteRow[],
  input: Pick<LocksInput, 'block' | 'mutex' | 'sampling'>,
): Conservation | undefined {
  if (waits.length === 0 && holds.length === 0) return undefined;
  const waited = sumOf(waits);
  const charged = sumOf(holds);
  const facts = {
    waitedSeconds: waited.value / 1e9,
    chargedSeconds: charged.value / 1e9,
    waits: waited.count,
    releases: charged.count,
    delayRatio: waited.value > 0 ? charged.value / waited.value : null,
    countRatio: waited.count > 0 ? charged.count / waited.count : null,
  };
  const obstacle = spansDiffer(input)
    ? 'the block and mutex profiles cover time spans of different length'
    : whyNotComparable(waits, holds, input.sampling);
  if (obstacle !== undefined) return { ...facts, verdict: 'not comparable', why: obstacle };
  if (isConserved(facts.delayRatio) && isConserved(facts.countRatio)) {
    return { ...facts, verdict: 'agree', why: 'delay and counts of both profiles agree within 0.8 to 1.25' };
  }
  return { ...facts, verdict: 'differ', why: whyDifferent(facts) };
}

function whyNotComparable(
  waits: readonly SiteRow[],
  holds: readonly SiteRow[],
  sampling: SamplingFacts,
): string | undefined {
  if (waits.length === 0) return 'no wait at this lock in the block profile';
  if (holds.length === 0) return 'no unlock of this lock in the mutex profile';
  switch (mutexMeaning(sampling.goVersions)) {
    case 'first waiter':
      return 'up to Go 1.21 the mutex profile counts the time during which somebody waited, not the sum over all waiters';
    case 'mixed':
      return 'the data holds Go versions before and after 1.22, which count mutex delay differently';
    case 'unknown':
      return 'the Go version is not known, and Go 1.22 changed what mutex delay means';
    case 'all waiters':
      break;
  }
  if (sampling.mutexFraction === undefined) return 'the mutex profile fraction is not known';
  if (sampling.mutexFraction !== 1) {
    return `with mutex profile fraction ${sampling.mutexFraction} the delay of an unlock is kept or lost by chance`;
  }
  return undefined;
}

function whyDifferent(facts: { readonly delayRatio: number | null; readonly countRatio: number | null }): string {
  const { delayRatio, countRatio } = facts;
  if (delayRatio !== null && delayRatio < 0.8 && countRatio !== null && countRatio < 0.8) {
    return 'unlocks account for fewer waits than happened: permits were taken by others first, or a holder is missing';
  }
  if (delayRatio !== null && delayRatio > 1.25) {
    return 'unlocks were charged for more than was waited here: further waiters elsewhere, or waits that have not ended';
  }
  return 'delay and counts of the two profiles differ';
}
