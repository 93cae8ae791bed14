'use client';
// Client: part of what opens on demand.
import type { ReactNode } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { TraceTile } from '@/lib/query/trace/result';
import { formatCount, formatWaiting } from '@/lib/units-format';
import { columnsWithin } from './columns-within';
import { relativeText } from './time-ruler';
import { spanOf, type TimeWindow } from './time-window';

const steps = 24;
/** Head of times, which count from where the picture begins. */
export const fromEdge = 'From the left edge';

/** Means and largest values in `steps` equal parts of the window. */
export function LaneSeries({
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
    <LaneTable title={title} says={says} heads={[fromEdge, ...rows.map(({ name }) => `${name}, average (at most)`)]}>
      {Array.from({ length: steps }, (_, index) => window.fromNs + index * step).map((fromNs) => (
        <tr key={fromNs}>
          <td>{relativeText(fromNs - window.fromNs)}</td>
          <NumberCells
            of={rows.map((row) => {
              const { mean, max } = columnsWithin(tile, row, { fromNs, toNs: fromNs + step });
              return `${formatWaiting(mean)} (${formatCount(max)})`;
            })}
          />
        </tr>
      ))}
    </LaneTable>
  );
}

export function LaneTable({
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

export function NumberCells({ of }: { readonly of: readonly string[] }) {
  return of.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
    <td key={index}>{text}</td>
  ));
}
