import { waitFlag } from '@/lib/locktrace/lock-trace';
import type { TileWait } from './result';
import type { TraceView } from './trace-view';

/** One wait as a row. */
export function waitRow(view: TraceView, wait: number): TileWait {
  const { waits } = view.kept;
  const goroutine = waits.goroutine[wait] ?? 0;
  const flags = waits.flags[wait] ?? 0;
  const by = waits.by[wait] ?? -1;
  return {
    wait,
    goroutine: view.id(goroutine),
    name: view.name(goroutine),
    beginNs: waits.beginNs[wait] ?? 0,
    grantedNs: known(waits.grantedNs[wait]),
    acquiredNs: known(waits.acquiredNs[wait]),
    beganBefore: (flags & waitFlag.beganBefore) !== 0,
    unfinished: (flags & waitFlag.unfinished) !== 0,
    by: by < 0 ? null : view.id(by),
  };
}

/** NaN is JSON's null. */
export function known(ns: number | undefined): number | null {
  return ns === undefined || Number.isNaN(ns) ? null : ns;
}
