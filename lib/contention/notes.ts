import type { ContentionNote, LocksInput } from './input';
import type { LockEntry } from './lock';
import { mutexMeaning } from './version';

/** What limits the answer: missing sides, sampling, the Go version, joins without identity. In order of weight. */
export function samplingNotes(input: LocksInput, locks: readonly LockEntry[]): ContentionNote[] {
  const { sampling } = input;
  const notes: ContentionNote[] = [];
  const note = (code: string, message: string) => notes.push({ code, message });
  if (input.block === undefined) note('no-block-profile', 'no block profile: who waits, and how long, is not known');
  if (input.mutex === undefined) note('no-mutex-profile', 'no mutex profile: who holds the locks is not known');

  const meaning = mutexMeaning(sampling.goVersions);
  const versions = sampling.goVersions.join(', ');
  if (sampling.goInferred && versions !== '') note('go-inferred', `≈ Go version inferred from the stacks: ${versions}`);
  if (input.mutex !== undefined) {
    if (meaning === 'unknown') {
      note(
        'go-unknown',
        'Go version not known: mutex delay (its meaning changed in Go 1.22) is not compared with waits',
      );
    }
    if (meaning === 'mixed') {
      note(
        'go-1.22-border',
        `mutex delay of Go versions before and after 1.22 cannot be added or compared: ${versions}`,
      );
    }
    if (meaning === 'first waiter') {
      note('mutex-delay-wall-time', 'up to Go 1.21 mutex delay is the time during which somebody waited, whoever many');
    }
    if (sampling.mutexFraction === undefined) {
      note('mutex-fraction-unknown', 'mutex profile fraction not given: mutex delay is not compared with waits');
    } else if (sampling.mutexFraction > 1) {
      note(
        'mutex-fraction',
        `≈ mutex fraction ${sampling.mutexFraction}: the delay of an unlock is a lottery, writers that free readers are ranked by contentions`,
      );
    }
  }
  if (input.block !== undefined) {
    if (sampling.blockRateNs === undefined) {
      note('block-rate-unknown', 'block profile rate not given: how exact short waits are is not known');
    } else if (sampling.blockRateNs > 1) {
      note('block-rate', blockRateMessage(sampling.blockRateNs, input));
    }
    if (input.block.wallMs === undefined || input.block.wallMs <= 0) {
      note('no-window', 'length of the window not known: locks are ordered by delay, goroutines waiting are not told');
    }
  }
  if (locks.some((entry) => entry.level === 'C')) {
    note(
      'joined-by-package',
      'locks with link Inferred are joined by package and family: waiters and holders may belong to several locks',
    );
  }
  if (locks.some((entry) => entry.waitRows.length > 1)) {
    note('max-lower-bound', '≥ the maximum of a lock joined from several rows is that of its busiest row');
  }
  if (locks.some((entry) => entry.level === 'A' || entry.level === 'B')) {
    note('no-instances', 'profiles carry no lock address: instances and shards of one type show as one lock');
  }
  return notes;
}

/** Relative standard error of a stack's short waits is the root of rate over delay (go-lock-profiles 1.1). */
function blockRateMessage(rateNs: number, input: LocksInput): string {
  const largest = Math.max(0, ...(input.block?.sites ?? []).map((row) => row.value));
  const rate = rateNs >= 1e6 ? `${rateNs / 1e6} ms` : rateNs >= 1e3 ? `${rateNs / 1e3} µs` : `${rateNs} ns`;
  if (largest === 0) return `≈ block rate ${rate}: waits shorter than that are sampled`;
  const error = Math.sqrt(rateNs / largest) * 100;
  return `≈ block rate ${rate}: shorter waits are sampled; the largest site is known to ${error < 0.1 ? 'better than 0.1' : error.toFixed(1)} %`;
}
