import type { CaptureLock, CapturePercentiles, CaptureRecord } from '@/lib/catalog/captures';
import { bareName } from '@/lib/profile/function-name';
import { alarm, code, type Part, type Sentence } from '@/lib/report/sentence';
import { formatDate, formatTime } from '@/lib/time-format';
import { formatCount, formatDuration, formatPlural } from '@/lib/units-format';

/** Nanoseconds for people; null = unknown. */
export const durationText = (ns: number | null): string => formatDuration(ns === null ? null : ns / 1e9);

/**
 * The longest wait: exact, or with `≥` when a wait that the recording cut off had already lasted longer; `–` when
 * there is none at all.
 */
export function longestText({ maxNs, longestCensoredNs }: CapturePercentiles): string {
  if (longestCensoredNs !== null && longestCensoredNs > (maxNs ?? 0))
    return `≥\u00a0${durationText(longestCensoredNs)}`;
  return durationText(maxNs);
}

/** What a capture says of one lock: where most was waited for it, how long at most, how often. */
export function captureLockSentence(lock: CaptureLock): Sentence {
  const [worst, ...others] = lock.waiters;
  const of = worst ?? lock;
  const who: Part = worst === undefined || worst.function === '' ? 'Goroutines' : code(bareName(worst.function));
  const where: Part[] = lock.isLock ? [' for ', code(lock.name)] : [` (${lock.family})`];
  const p99 = of.p99Ns === null ? 'all of them cut off' : `P99\u00a0${durationText(of.p99Ns)}`;
  const more = others.length === 0 ? '' : `; ${formatPlural(others.length, 'other place')} waited too`;
  return [
    who,
    ' waited up to ',
    alarm(longestText(of)),
    ...where,
    `: ${formatPlural(of.waits, 'wait')}, ${p99}${more}.`,
  ];
}

/** `n = 366, 3 cut off`: what percentiles rest on, and the waits that the recording's start or end cut off. */
export function countsText({ n, censored }: CapturePercentiles): string {
  const counted = `n\u00a0=\u00a0${formatCount(n)}`;
  return censored === 0 ? `${counted}, none cut off` : `${counted}, ${formatCount(censored)} cut off`;
}

/** When the recording began, or when it came: `03:01:46` and `2026-11-24`. */
export function captureTime({ capturedAt, receivedAt }: Pick<CaptureRecord, 'capturedAt' | 'receivedAt'>) {
  const at = capturedAt ?? receivedAt;
  return { at, time: formatTime(at), date: formatDate(at), received: capturedAt === undefined };
}

/** Whose it is: `order-service · order-3 · build 1.42.0`; the file's name when it names nobody. */
export function captureOwner({ service, pod, build, filename }: CaptureRecord): string {
  const parts = [service, pod, build === undefined ? undefined : `build ${build}`].filter((part) => part !== undefined);
  return parts.length === 0 ? filename : parts.join(' · ');
}
