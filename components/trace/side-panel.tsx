'use client';
// Client: buttons that jump.
import type { TileHold } from '@/lib/query/trace/result';
import { HoldPanel } from './hold-panel';
import type { Chosen } from './use-chosen';
import type { Jumps } from './use-jumps';
import { WaitPanel } from './wait-panel';

/** Beside the picture: the chosen hold, or the chosen wait, or why there is neither. */
export function SidePanel({
  chosen: { hold, detail, problem, pending },
  isHold,
  longest,
  originNs,
  durationNs,
  lane,
  tokenOf,
  hasLock,
  jumps,
}: {
  readonly chosen: Chosen;
  /** The address names a hold. */
  readonly isHold: boolean;
  readonly longest: { readonly wait: number; readonly rank: string } | undefined;
  readonly originNs: number;
  readonly durationNs: number;
  /** The goroutine that was jumped to. */
  readonly lane: number | undefined;
  readonly tokenOf: (hold: TileHold) => string;
  readonly hasLock: boolean;
  readonly jumps: Jumps;
}) {
  return (
    <aside className="side" aria-label={isHold ? 'Chosen hold' : 'Chosen wait'} aria-busy={pending}>
      {problem === undefined ? null : (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      {isHold ? (
        hold === undefined ? (
          <p className="micro">{pending ? 'Reading the hold' : 'The hold is not known.'}</p>
        ) : (
          <HoldPanel
            hold={hold}
            chain={hold.woken.length === 0 ? [] : (detail?.chain ?? [])}
            token={tokenOf(hold)}
            durationNs={durationNs}
            jumps={jumps}
          />
        )
      ) : detail === undefined ? (
        <p className="micro">
          {hasLock ? 'No wait for this lock is in the trace.' : 'No wait to choose: nobody waited for a lock.'}
        </p>
      ) : (
        <WaitPanel
          detail={detail}
          rank={detail.wait === longest?.wait ? longest.rank : undefined}
          originNs={originNs}
          durationNs={durationNs}
          chosen={lane}
          jumps={jumps}
        />
      )}
    </aside>
  );
}
