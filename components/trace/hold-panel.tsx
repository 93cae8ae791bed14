'use client';
import type { WaitDetail } from '@/lib/query/trace/result';
// Client: buttons that jump.
import { formatCount, formatPlural } from '@/lib/units-format';
import { ChainLinks } from './chain-links';
import { holdLength } from './draw-holds';
import { goroutineName } from './goroutine-lane';
import type { HoldDetail } from './hold-detail';
import { HoldParts } from './hold-parts';
import { waitLength } from './lane-sentences';
import { StackList } from './stack-list';
import { formatNs, relativeText } from './time-ruler';
import type { Jumps } from './use-jumps';

/** The chosen hold: where it was taken, what the holder did, where it let go, and whom that woke. */
export function HoldPanel({
  hold,
  chain,
  token,
  durationNs,
  jumps,
}: {
  readonly hold: HoldDetail;
  /** From the first wait that it ended up to the root. */
  readonly chain: WaitDetail['chain'];
  /** Colour of its release site. */
  readonly token: string;
  readonly durationNs: number;
  readonly jumps: Jumps;
}) {
  const { mode, acquired, releaseStack, parts, goroutine } = hold;
  return (
    <>
      <div className="sidebox" data-chosen>
        <h2>
          <i className="sw" style={{ background: `var(${token})` }} aria-hidden="true" />
          {goroutineName(hold)} held it {hold.start === 'unknown' ? '' : holdLength(hold)}
          {mode === 'write' || mode === 'read' ? <span className="muted">to {mode}</span> : null}
        </h2>
        <h3>Taken</h3>
        {acquired === undefined ? (
          <p className="micro">{untaken(hold)}</p>
        ) : (
          <>
            <StackList stack={acquired.stack} label={`Stack of G${goroutine}, which took it`} />
            <p className="micro">
              after{' '}
              <button type="button" className="linkish" onClick={() => jumps.toWait(acquired.wait)}>
                its own wait of {waitLength(acquired.wait, durationNs)}
              </button>
            </p>
          </>
        )}
        <h3>While holding</h3>
        {parts.length === 0 ? <p className="micro">Nothing is known of it.</p> : <HoldParts parts={parts} />}
        <h3>Let go</h3>
        {releaseStack === undefined ? (
          <p className="micro">No release is in the trace: it still held when the trace ends.</p>
        ) : (
          <StackList stack={releaseStack} label={`Stack of G${goroutine}, which let go`} />
        )}
      </div>
      <Woken hold={hold} durationNs={durationNs} jumps={jumps} />
      {chain.length < 2 ? null : <ChainLinks chain={chain} onLink={jumps.link} />}
      <p className="micro keys-here">
        <kbd>t</kbd> its first waiter <kbd>,</kbd> <kbd>.</kbd> other holds <kbd>⇧H</kbd> root of the chain <kbd>z</kbd>{' '}
        undo
      </p>
    </>
  );
}

function untaken({ start, startNs, certainNs }: HoldDetail): string {
  switch (start) {
    case 'exact':
      return 'The wait that it ended is not among those that can be shown.';
    case 'bounded':
      return `Without a wait, which leaves no event: at most ${formatNs(certainNs - startNs)} before it held for certain.`;
    case 'unknown':
      return 'When and where is not in the trace: only its end is known.';
  }
}

/** `first`, or how long after the release. */
function wokenText(afterNs: number): string {
  return afterNs <= 0 ? 'with the release' : relativeText(afterNs);
}

function Woken({
  hold: { woken, woke, endNs },
  durationNs,
  jumps,
}: {
  readonly hold: HoldDetail;
  readonly durationNs: number;
  readonly jumps: Jumps;
}) {
  if (woke === 0) return <div className="edge muted">It woke nobody.</div>;
  return (
    <nav className="edge" aria-label="Whom it woke">
      <b>woke {formatPlural(woke, 'goroutine')}</b> <span className="tag is-good">link: Exact</span>
      {woken.length === 0 ? (
        <p className="muted">which had to wait on: another took the lock first</p>
      ) : (
        <ol className="woken">
          {woken.map((wait) => (
            <li key={wait.wait}>
              <button type="button" className="linkish" onClick={() => jumps.toWait(wait)}>
                {goroutineName(wait)}
              </button>{' '}
              waited {waitLength(wait, durationNs)}, woken {wokenText((wait.grantedNs ?? endNs) - endNs)}
            </li>
          ))}
        </ol>
      )}
      {woken.length === 0 || woke === woken.length ? null : (
        <p className="muted">the first {formatCount(woken.length)} of them; all stand in the lanes of the waiters</p>
      )}
    </nav>
  );
}
