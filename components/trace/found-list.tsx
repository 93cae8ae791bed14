'use client';
// Client: rows jump.
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { TraceSearchResult } from '@/lib/query/trace/result';
import { formatCount, formatPlural } from '@/lib/units-format';
import { goroutineName } from './goroutine-lane';
import { stateName, stateToken } from './lane-colours';
import { formatNs } from './time-ruler';

type Found = TraceSearchResult['rows'][number];

/** What the search found, longest first; a row shows its goroutine at its time. */
export function FoundList({
  found,
  problem,
  pending,
  onShow,
  onPage,
}: {
  readonly found: TraceSearchResult | undefined;
  readonly problem: string | undefined;
  readonly pending: boolean;
  readonly onShow: (row: Found) => void;
  readonly onPage: (offset: number) => void;
}) {
  const rows = found?.rows ?? [];
  const last = (found?.offset ?? 0) + rows.length;
  return (
    <section aria-labelledby="found" aria-busy={pending}>
      <div className="sec">
        <h2 id="found" tabIndex={-1}>
          Found
        </h2>
        <span className="sub" role="status">
          {problem ?? (found === undefined ? 'searching' : `${formatPlural(found.total, 'interval')}, longest first`)}
        </span>
        {found === undefined || found.total <= rows.length ? null : (
          <span className="right">
            <button
              type="button"
              className="btn small"
              disabled={found.offset === 0}
              onClick={() => onPage(Math.max(0, found.offset - rows.length))}
            >
              Longer
            </button>
            {formatCount(found.offset + 1)}–{formatCount(last)}
            <button type="button" className="btn small" disabled={last >= found.total} onClick={() => onPage(last)}>
              Shorter
            </button>
          </span>
        )}
      </div>
      {rows.length === 0 ? null : (
        <ScrollRegion label="Found intervals" style={{ maxHeight: 320, overflowY: 'auto' }}>
          <table>
            <thead>
              <tr>
                <th>Goroutine</th>
                <th>State</th>
                <th className="n">Length</th>
                <th className="n">From</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.goroutine} ${row.startNs} ${row.wait ?? ''}`}>
                  <td>
                    <button type="button" className="linkish" onClick={() => onShow(row)}>
                      {goroutineName(row)}
                    </button>
                  </td>
                  <td>
                    <i className="sw" style={{ background: `var(${stateToken(row.state)})` }} aria-hidden="true" />{' '}
                    {stateName(row.state)} <code>{row.label}</code>
                  </td>
                  <td className="n">{formatNs(row.endNs - row.startNs)}</td>
                  <td className="n">{formatNs(row.startNs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
