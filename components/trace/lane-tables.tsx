'use client';
// Client: its rows are made when somebody opens it.
import { type ReactNode, useState } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { bareName } from '@/lib/profile/function-name';
import type { TraceTile } from '@/lib/query/trace/result';
import { lockLaneSentence, statesSentence, waitersSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount, formatWaiting } from '@/lib/units-format';
import { columnsWithin } from './columns-within';
import { cutTile } from './cut-tile';
import { barLength } from './draw-bars';
import { holdLength } from './draw-holds';
import { goroutineName } from './goroutine-lane';
import { queueLooks, stateLooks, stateName } from './lane-colours';
import { gcSentence, laneSentence, queueSentence } from './lane-sentences';
import { formatNs, relativeText } from './time-ruler';
import { spanOf, type TimeWindow } from './time-window';

const steps = 24;
/** Head of times, which count from where the picture begins. */
const from = 'From the left edge';

/** Every picture as its sentence and a table, from the same tile, cut to the window. */
export function LaneTables({
  tile,
  window,
  idle,
}: {
  readonly tile: TraceTile;
  readonly window: TimeWindow;
  readonly idle: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>View as table</summary>
      {open ? <Tables tile={tile} window={window} idle={idle} /> : null}
    </details>
  );
}

function Tables({
  tile,
  window,
  idle,
}: {
  readonly tile: TraceTile;
  readonly window: TimeWindow;
  readonly idle: boolean;
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
      <Series title="Goroutines by state" says={statesSentence(seen)} rows={states} tile={tile} window={window} />
      <Table title="GC" says={gcSentence(seen)} heads={['What', 'Name', from, 'Length', 'Joined']}>
        {seen.gc.map(({ kind, name, startNs, endNs, merged }) => (
          <tr key={`${kind} ${startNs}`}>
            <td>{kind}</td>
            <td>{name}</td>
            <Numbers of={[relativeText(startNs - window.fromNs), formatNs(endNs - startNs), formatCount(merged)]} />
          </tr>
        ))}
      </Table>
      {lock === undefined ? null : (
        <>
          <Table
            title={`Holds of ${lock.name}`}
            says={lockLaneSentence(seen)}
            heads={['Release site', 'Mode', 'Start', from, 'Held', 'Woke', 'Joined']}
          >
            {lock.holds.map((hold) => (
              <tr key={`${hold.site.id} ${hold.startNs} ${hold.endNs} ${hold.goroutine}`}>
                <td>
                  G{hold.goroutine} <code>{bareName(hold.site.function)}</code>
                </td>
                <td>{hold.mode}</td>
                <td>{hold.start}</td>
                <Numbers
                  of={[
                    relativeText(hold.startNs - window.fromNs),
                    holdLength(hold),
                    formatCount(hold.woke),
                    formatCount(hold.merged),
                  ]}
                />
              </tr>
            ))}
          </Table>
          <Series
            title="Waiting"
            says={`${queueSentence(lock)} ${waitersSentence(seen)}`}
            rows={queues}
            tile={tile}
            window={window}
          />
        </>
      )}
      {[...tile.holders, ...tile.lanes].map((lane) => (
        <Table
          key={lane.goroutine}
          title={goroutineName(lane)}
          says={laneSentence(lane, window)}
          heads={['State', 'In', from, 'Length', 'Joined']}
        >
          {lane.bars.filter(overlaps).map(({ state, label, startNs, endNs, merged }) => (
            <tr key={startNs}>
              <td>{stateName(state)}</td>
              <td>{label}</td>
              <Numbers
                of={[
                  relativeText(startNs - window.fromNs),
                  barLength({ state, label, startNs, endNs, merged }, tile),
                  formatCount(merged),
                ]}
              />
            </tr>
          ))}
        </Table>
      ))}
    </>
  );
}

/** Means and largest values in `steps` equal parts of the window. */
function Series({
  title,
  says,
  rows,
  tile,
  window,
}: {
  readonly title: string;
  readonly says: string;
  readonly rows: readonly {
    readonly name: string;
    readonly mean: readonly number[];
    readonly max: readonly number[];
  }[];
  readonly tile: TraceTile;
  readonly window: TimeWindow;
}) {
  const step = spanOf(window) / steps;
  return (
    <Table title={title} says={says} heads={[from, ...rows.map(({ name }) => `${name}, average (at most)`)]}>
      {Array.from({ length: steps }, (_, index) => window.fromNs + index * step).map((fromNs) => (
        <tr key={fromNs}>
          <td>{relativeText(fromNs - window.fromNs)}</td>
          <Numbers
            of={rows.map((row) => {
              const { mean, max } = columnsWithin(tile, row, { fromNs, toNs: fromNs + step });
              return `${formatWaiting(mean)} (${formatCount(max)})`;
            })}
          />
        </tr>
      ))}
    </Table>
  );
}

function Table({
  title,
  says,
  heads,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <div className="lane-table">
      <h3>{title}</h3>
      <p>{says}</p>
      <ScrollRegion label={`${title} as a table`} style={{ maxHeight: 260, overflowY: 'auto' }}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

function Numbers({ of }: { readonly of: readonly string[] }) {
  return of.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
    <td key={index}>{text}</td>
  ));
}
