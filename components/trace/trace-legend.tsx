import type { ReactNode } from 'react';
import { bareName } from '@/lib/profile/function-name';
import type { TraceTile } from '@/lib/query/trace/result';
import { holdToken, queueLooks, stateLooks } from './lane-colours';

/** What colours and shading mean: states on screen, release sites by rank, how sure a hold's start is. */
export function TraceLegend({
  tile,
  sites,
  idle,
  onIdle,
}: {
  readonly tile: TraceTile;
  /** Functions that release the lock, in the order of their colours. */
  readonly sites: readonly { readonly id: string; readonly function: string }[];
  readonly idle: boolean;
  readonly onIdle: () => void;
}) {
  const held = new Set(tile.lock?.holds.map(({ site }) => site.id));
  const starts = new Set(tile.lock?.holds.map(({ start }) => start));
  const inLanes = new Set([...tile.holders, ...tile.lanes].flatMap(({ bars }) => bars.map(({ state }) => state)));
  return (
    <div className="legend trace-legend">
      {stateLooks
        .filter(({ state, idle: parked }) => idle || !parked || inLanes.has(state))
        .map(({ state, token, name }) => (
          <Key key={state} token={token}>
            {name}
          </Key>
        ))}
      {tile.lock?.queue
        .filter(({ who }) => who === 'writers' || who === 'writers draining')
        .map(({ who }) => (
          <Key key={who} token={queueLooks[who].token} hatched>
            {queueLooks[who].name}
          </Key>
        ))}
      {sites.map(({ id, function: name }, rank) =>
        held.has(id) ? (
          <Key key={id} token={holdToken(rank)}>
            held in {bareName(name)}
          </Key>
        ) : null,
      )}
      {starts.has('bounded') ? (
        <Key token="--w-wlock" hatched>
          perhaps held already
        </Key>
      ) : null}
      {starts.has('unknown') ? (
        <span>
          <svg className="sw wide" width="16" height="12" aria-hidden="true">
            <path d="M1 6 14 1V11Z" fill="var(--w-wlock)" opacity="0.5" />
            <path d="M14 1V11" stroke="var(--w-wlock)" strokeWidth="2" />
          </svg>
          start of the hold not in the trace
        </span>
      ) : null}
      {tile.convoys.length === 0 ? null : (
        <span>
          <i className="sw bracket" aria-hidden="true" />
          convoy
        </span>
      )}
      <button type="button" className="linkish" aria-pressed={idle} onClick={onIdle}>
        parked goroutines {idle ? 'shown' : 'hidden'} <kbd>i</kbd>
      </button>
    </div>
  );
}

function Key({
  token,
  hatched = false,
  children,
}: {
  readonly token: string;
  readonly hatched?: boolean;
  readonly children: ReactNode;
}) {
  const background = hatched
    ? `repeating-linear-gradient(135deg, var(${token}) 0 2px, var(--bg) 2px 4px)`
    : `var(${token})`;
  return (
    <span>
      <i className="sw" style={{ background }} aria-hidden="true" />
      {children}
    </span>
  );
}
