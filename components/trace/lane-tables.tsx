'use client';
// Client: its rows are made when somebody opens it.
import { useState } from 'react';
import { bareName } from '@/lib/profile/function-name';
import type { TileHold, TraceTile } from '@/lib/query/trace/result';
import { lockLaneSentence, statesSentence, waitersSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount } from '@/lib/units-format';
import { cutTile } from './cut-tile';
import { barLength } from './draw-bars';
import { holdLength } from './draw-holds';
import { goroutineName } from './goroutine-lane';
import { queueLooks, stateLooks, stateName } from './lane-colours';
import { gcSentence, laneSentence, queueSentence } from './lane-sentences';
import { fromEdge, LaneSeries, LaneTable, NumberCells } from './lane-table';
import { formatNs, relativeText } from './time-ruler';
import type { TimeWindow } from './time-window';

/** Every picture as its sentence and a table, from the same tile, cut to the window. */
export function LaneTables({
  tile,
  window,
  idle,
  onHold,
}: {
  readonly tile: TraceTile;
  readonly window: TimeWindow;
  readonly idle: boolean;
  /** Shows a hold. */
  readonly onHold: (hold: TileHold) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>View as table</summary>
      {open ? <Tables tile={tile} window={window} idle={idle} onHold={onHold} /> : null}
    </details>
  );
}

function Tables({
  tile,
  window,
  idle,
  onHold,
}: {
  readonly tile: TraceTile;
  readonly window: TimeWindow;
  readonly idle: boolean;
  /** Shows a hold. */
  readonly onHold: (hold: TileHold) => void;
}) {
  const seen = cutTile(tile, window);
  const { lock } = seen;
  const states = stateLooks
    .filter((look) => idle || !look.idle)
    .flatMap(({ state, name }) =>
      tile.states.filter((entry) => entry.state === state).map((entry) => ({ name, ...entry })),
    );
  const queues = [
    ...(tile.lock?.queue.map(({ who, ...series }) => ({ name: queueLooks[who].name, ...series })) ?? []),
    ...tile.waiters.map(({ site, ...series }) => ({ name: bareName(site.function), ...series })),
  ];
  const overlaps = ({ startNs, endNs }: { readonly startNs: number; readonly endNs: number }) =>
    startNs < window.toNs && endNs >= window.fromNs;
  return (
    <>
      <LaneSeries title="Goroutines by state" says={statesSentence(seen)} rows={states} tile={tile} window={window} />
      <LaneTable title="GC" says={gcSentence(seen)} heads={['What', 'Name', fromEdge, 'Length', 'Joined']}>
        {seen.gc.map(({ kind, name, startNs, endNs, merged }) => (
          <tr key={`${kind} ${startNs}`}>
            <td>{kind}</td>
            <td>{name}</td>
            <NumberCells of={[relativeText(startNs - window.fromNs), formatNs(endNs - startNs), formatCount(merged)]} />
          </tr>
        ))}
      </LaneTable>
      {lock === undefined ? null : (
        <>
          <LaneTable
            title={`Holds of ${lock.name}`}
            says={lockLaneSentence(seen)}
            heads={['Release site', 'Mode', 'Start', fromEdge, 'Held', 'Woke', 'Joined']}
          >
            {lock.holds.map((hold) => (
              <tr key={`${hold.site.id} ${hold.startNs} ${hold.endNs} ${hold.goroutine}`}>
                <td>
                  <button type="button" className="linkish" onClick={() => onHold(hold)}>
                    G{hold.goroutine}
                  </button>{' '}
                  <code>{bareName(hold.site.function)}</code>
                </td>
                <td>{hold.mode}</td>
                <td>{hold.start}</td>
                <NumberCells
                  of={[
                    relativeText(hold.startNs - window.fromNs),
                    holdLength(hold),
                    formatCount(hold.woke),
                    formatCount(hold.merged),
                  ]}
                />
              </tr>
            ))}
          </LaneTable>
          <LaneSeries
            title="Waiting"
            says={`${queueSentence(lock)} ${waitersSentence(seen)}`}
            rows={queues}
            tile={tile}
            window={window}
          />
        </>
      )}
      {[...tile.holders, ...tile.lanes].map((lane) => (
        <LaneTable
          key={lane.goroutine}
          title={goroutineName(lane)}
          says={laneSentence(lane, window)}
          heads={['State', 'In', fromEdge, 'Length', 'Joined']}
        >
          {lane.bars.filter(overlaps).map(({ state, label, startNs, endNs, merged }) => (
            <tr key={startNs}>
              <td>{stateName(state)}</td>
              <td>{label}</td>
              <NumberCells
                of={[
                  relativeText(startNs - window.fromNs),
                  barLength({ state, label, startNs, endNs, merged }, tile),
                  formatCount(merged),
                ]}
              />
            </tr>
          ))}
        </LaneTable>
      ))}
    </>
  );
}
