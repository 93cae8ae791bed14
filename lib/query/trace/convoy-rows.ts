import type { Convoy } from '@/lib/locktrace/lock-trace';
import type { TraceConvoyRow } from './result';
import { siteOf } from './tile-holds';
import type { TraceView } from './trace-view';

/** A convoy with what its numbers stand for. */
export function convoyRow(view: TraceView, convoy: Convoy): TraceConvoyRow {
  const { kind, atNs, durationNs, culprit, victims, waitNs, doing } = convoy;
  return {
    lockId: view.kept.head.locks[convoy.lock]?.id ?? '',
    kind,
    atNs,
    durationNs,
    culprit: siteOf(view, culprit.site),
    goroutine: view.id(culprit.goroutine),
    victims,
    waitNs,
    doing,
  };
}
