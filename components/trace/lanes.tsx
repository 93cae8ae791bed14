'use client';
// Client: hands what was chosen to the address.
import { useMemo } from 'react';
import type { TileHold, TraceTile } from '@/lib/query/trace/result';
import { formatPlural } from '@/lib/units-format';
import { cutTile } from './cut-tile';
import { GcLane } from './gc-lane';
import { GoroutineLane } from './goroutine-lane';
import { HoldsLane, holderSub, QueueLane } from './lock-lanes';
import { StatesLane } from './states-lane';
import type { TimeWindow } from './time-window';
import { waitChanges } from './trace-params';
import type { TraceView } from './use-trace-view';
import { WaitPages } from './wait-pages';
import { FoldedWaiters, WaitLane } from './waiter-lanes';

/** All lanes below the minimap, top down: states, collector, the lock, its holders, its waiters, chosen goroutines. */
export function Lanes({
  tile,
  window,
  tokenOf,
  view,
  chosenWait,
  onHold,
}: {
  readonly tile: TraceTile;
  readonly window: TimeWindow;
  readonly tokenOf: (hold: TileHold) => string;
  readonly view: TraceView;
  readonly chosenWait: number | undefined;
  readonly onHold: (hold: TileHold) => void;
}) {
  const { params, change } = view;
  const { lock, unfolded } = tile;
  const seen = useMemo(() => cutTile(tile, window), [tile, window]);
  const holders = new Set(tile.holders.map(({ goroutine }) => goroutine));
  const [focused] = params.goroutines;
  const page = (offset: number) => change({ offset: offset === 0 ? null : String(offset) });
  return (
    <>
      <StatesLane tile={tile} seen={seen} idle={params.idle} />
      <GcLane tile={tile} seen={seen} />
      {lock === undefined ? null : (
        <>
          <HoldsLane
            lock={lock}
            convoys={tile.convoys}
            seen={seen}
            tokenOf={tokenOf}
            chosen={params.hold}
            onPick={onHold}
          />
          <QueueLane lock={lock} tile={tile} seen={seen} />
        </>
      )}
      {tile.holders.map((lane) => (
        <GoroutineLane
          key={lane.goroutine}
          lane={lane}
          cover={tile}
          window={window}
          sub={holderSub(lock?.holds.find(({ goroutine }) => goroutine === lane.goroutine))}
          chosen={lane.goroutine === focused}
        />
      ))}
      {tile.moreHolders > 0 ? (
        <p className="lane-note">
          {formatPlural(tile.moreHolders, 'more goroutine')} held the lock here: zoom in, or see the table of holds.
        </p>
      ) : null}
      {tile.waiters.map((queue, index) => {
        const open = params.unfold === queue.site.id;
        return (
          <div key={queue.site.id} className="folded">
            <FoldedWaiters
              queue={queue}
              tile={tile}
              seen={seen.waiters[index] ?? queue}
              open={open}
              onToggle={() => change({ unfold: open ? null : queue.site.id, offset: null })}
            />
            {open && unfolded?.site === queue.site.id ? (
              <>
                <div data-rows="waits">
                  {unfolded.rows.map((wait) => (
                    <WaitLane
                      key={wait.wait}
                      wait={wait}
                      kind={queue.site.kind}
                      chosen={wait.wait === chosenWait}
                      onChoose={() => change(waitChanges(wait.wait))}
                    />
                  ))}
                </div>
                <WaitPages unfolded={unfolded} onPage={page} />
              </>
            ) : null}
          </div>
        );
      })}
      {tile.lanes
        .filter(({ goroutine }) => !holders.has(goroutine))
        .map((lane) => (
          <GoroutineLane
            key={lane.goroutine}
            lane={lane}
            cover={tile}
            window={window}
            chosen={lane.goroutine === focused}
            sub={<CloseLane goroutine={lane.goroutine} view={view} />}
          />
        ))}
    </>
  );
}

function CloseLane({ goroutine, view: { params, change } }: { readonly goroutine: number; readonly view: TraceView }) {
  const rest = params.goroutines.filter((each) => each !== goroutine).join(',');
  return (
    <button type="button" className="linkish" onClick={() => change({ g: rest === '' ? null : rest })}>
      close<span className="sr"> the lane of G{goroutine}</span>
    </button>
  );
}
