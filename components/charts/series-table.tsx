'use client';
// Client: its rows are made when somebody opens it.
import { useState } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { formatTime } from '@/lib/time-format';
import { formatWaiting } from '@/lib/units-format';
import type { StackedSeries } from './stacked-timeline';

/** The chart as a table: every bucket, busiest and average of each line. */
export function SeriesTable({ series, averageName }: { readonly series: StackedSeries; readonly averageName: string }) {
  const [open, setOpen] = useState(false);
  const { axis, lines, average } = series;
  return (
    <details className="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>View as table</summary>
      {open ? (
        <ScrollRegion label="Waiting by lock as a table" style={{ maxHeight: 320, overflowY: 'auto' }}>
          <table>
            <thead>
              <tr>
                <th>UTC</th>
                {lines.map((line) => (
                  <th key={line.lockId ?? 'other'} className="n">
                    {line.name}, busiest (average)
                  </th>
                ))}
                <th className="n">{averageName}</th>
              </tr>
            </thead>
            <tbody>
              {average.map((all, bucket) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its bucket
                <tr key={bucket}>
                  <td>{formatTime(axis.from + bucket * axis.stepMs)}</td>
                  {lines.map((line) => (
                    <td key={line.lockId ?? 'other'} className="n">
                      {formatWaiting(line.max[bucket])} <span className="sub">({formatWaiting(line.avg[bucket])})</span>
                    </td>
                  ))}
                  <td className="n">{formatWaiting(all)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      ) : null}
    </details>
  );
}
