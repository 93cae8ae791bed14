import type { Conservation, LockEntry } from '@/lib/contention/lock';
import { formatCount, formatShare } from '@/lib/units-format';

/** What the link word on a chip stands for, in one or two sentences. */
export function linkExplanation(entry: LockEntry): string {
  switch (entry.lock.link) {
    case 'Exact':
      return 'A trace or a report saw this holder wake these waiters.';
    case 'Strong':
      return entry.level === 'A'
        ? 'The same function locks and unlocks. A profile holds no lock address, so this is not yet Exact.'
        : 'Waiters and holders have the same receiver type and lock family. A profile holds no lock address, so this is not yet Exact.';
    case 'Inferred':
      return entry.level === 'D'
        ? 'Waits and unlocks rise and fall together in time. Other locks may do so too.'
        : 'Waiters and holders share the package and the lock family only.';
    case 'Unlinked':
      return 'No unlock in the mutex profile fits these waits, so no holder is claimed.';
  }
}

/** The sentence below the two conservation bars. */
export function conservationSentence(conservation: Conservation): string {
  const { verdict, delayRatio, waits, releases, why } = conservation;
  if (verdict === 'not comparable') return `The two profiles cannot be compared: ${why}.`;
  const counted =
    waits === releases
      ? `count the same ${formatCount(waits)} waits`
      : `count ${formatCount(waits)} waits and ${formatCount(releases)} releases`;
  if (verdict === 'agree') {
    const gap = delayRatio === null ? '' : ` within ${formatShare(Math.abs(1 - delayRatio))}`;
    return `Both sides agree${gap} and ${counted}, so the holder explains the waiters.`;
  }
  const charged = delayRatio === null ? '' : ` Charged is ${formatShare(delayRatio)} of waited.`;
  return `The two sides differ and ${counted}.${charged}${why === '' ? '' : ` ${capital(why)}.`}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
