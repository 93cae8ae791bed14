'use client';
// Client: buttons that jump.
import type { WaitDetail } from '@/lib/query/trace/result';
import { formatCount } from '@/lib/units-format';
import { ChainLinks } from './chain-links';
import { goroutineName } from './goroutine-lane';
import { HoldParts } from './hold-parts';
import { holdToken } from './lane-colours';
import { waitLength } from './lane-sentences';
import { StackList } from './stack-list';
import { formatNs, relativeText } from './time-ruler';
import type { Jumps } from './use-jumps';
import { waitToken } from './waiter-lanes';

/** The chosen wait: where it waited, what ended it, who held meanwhile and doing what, and the chain above. */
export function WaitPanel({
  detail,
  rank,
  originNs,
  durationNs,
  chosen,
  jumps,
}: {
  readonly detail: WaitDetail;
  /** `longest of 366`; undefined when nothing is known of its place. */
  readonly rank: string | undefined;
  readonly originNs: number;
  readonly durationNs: number;
  readonly chosen: number | undefined;
  readonly jumps: Jumps;
}) {
  const { unblocker, hold } = detail;
  return (
    <>
      <div className="sidebox" data-chosen={chosen === detail.goroutine || undefined}>
        <h2>
          <i className="sw" style={{ background: `var(${waitToken(detail.site.kind)})` }} aria-hidden="true" />G
          {detail.goroutine} waits {waitLength(detail, durationNs)}
          {rank === undefined ? null : <span className="muted">{rank}</span>}
        </h2>
        <StackList stack={detail.stack} label={`Stack of G${detail.goroutine}, which waits`} />
        <p className="micro">
          blocked {formatNs(detail.blockedNs)}, then {formatNs(detail.wakeupNs)} until it ran
          {detail.beganBefore ? ' · began before the trace' : ''}
          {detail.unfinished ? ' · not over when the trace ends' : ''}
        </p>
      </div>
      {unblocker === undefined ? (
        <div className="edge muted">No wake-up of it is in the trace.</div>
      ) : (
        <div className="edge">
          <b>released by G{unblocker.goroutine}</b> at {relativeText(unblocker.atNs - originNs)}{' '}
          <span className="tag is-good">link: Exact</span>
          <br />
          <button type="button" className="linkish" onClick={jumps.unblocker}>
            unblock edge in the trace <kbd>u</kbd>
          </button>
        </div>
      )}
      {hold === undefined ? (
        unblocker === undefined ? null : (
          <div className="sidebox" data-chosen={chosen === unblocker.goroutine || undefined}>
            <h2>{goroutineName(unblocker)} ended the wait</h2>
            <StackList stack={unblocker.stack} label={`Stack of G${unblocker.goroutine}, which woke it`} />
          </div>
        )
      ) : (
        <Holder hold={hold} chosen={chosen === hold.goroutine} onJump={jumps.holder} onHold={jumps.hold} />
      )}
      {detail.chain.length < 2 ? null : <ChainLinks chain={detail.chain} onLink={jumps.link} />}
      <p className="micro keys-here">
        <kbd>u</kbd> unblocker <kbd>h</kbd> holder <kbd>t</kbd> its hold <kbd>⇧H</kbd> root of the chain <kbd>z</kbd>{' '}
        undo
      </p>
    </>
  );
}

function Holder({
  hold,
  chosen,
  onJump,
  onHold,
}: {
  readonly hold: NonNullable<WaitDetail['hold']>;
  readonly chosen: boolean;
  readonly onJump: () => void;
  readonly onHold: () => void;
}) {
  const length = hold.start === 'unknown' ? 'start not in the trace' : formatNs(hold.endNs - hold.certainNs);
  const certain = hold.start === 'exact' && hold.released ? '' : '≥\u00a0';
  return (
    <div className="sidebox" data-chosen={chosen || undefined}>
      <h2>
        <i className="sw" style={{ background: `var(${holdToken(0)})` }} aria-hidden="true" />
        <button type="button" className="linkish" onClick={onJump}>
          {goroutineName(hold)} held it
        </button>
        {hold.mode === 'write' || hold.mode === 'read' ? <span className="muted">to {hold.mode}</span> : null}
      </h2>
      <StackList stack={hold.stack} label={`Stack of G${hold.goroutine}, which held`} />
      <HoldParts parts={hold.parts} total={hold.start === 'unknown' ? length : `${certain}${length}`} />
      <p className="micro">
        its release woke {formatCount(hold.woke)} ·{' '}
        <button type="button" className="linkish" onClick={onHold}>
          this hold and its waiters <kbd>t</kbd>
        </button>
        {hold.start === 'bounded' ? ' · held since then at the latest, perhaps longer' : ''}
      </p>
    </div>
  );
}
