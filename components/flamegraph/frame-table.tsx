'use client';
// Client: follows the search and the selection of the graph.
import { useMemo, useState } from 'react';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import type { FrameMatcher } from '@/lib/flamegraph/search';
import { type FunctionRow, functionTable } from '@/lib/flamegraph/table';
import { placeOf, shortName } from '@/lib/profile/function-name';
import { formatCount, formatDuration, formatWaiting } from '@/lib/units-format';
import { columnUnit, formatFineShare, formatInColumn, formatValue, type ValueKind } from './format-value';
import type { FactsOf } from './frame-facts';

interface Side {
  readonly name: string;
  readonly root: FlameNode;
  readonly total: number;
  /** First level that holds real frames: 0, or 1 below the lock nodes of a mirror. */
  readonly skip: number;
}

const rowsAtFirst = 25;

/** The same frames as a table: the graph for people and programs that do not read pictures. */
export function FrameTable({
  sides,
  kind,
  showSelf,
  matcher,
  searching,
  selectedName,
  facts,
  select,
}: {
  readonly sides: readonly Side[];
  readonly kind: ValueKind;
  readonly showSelf: boolean;
  readonly matcher: FrameMatcher;
  readonly searching: boolean;
  readonly selectedName: string | undefined;
  readonly facts: FactsOf;
  readonly select: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  const tables = useMemo(() => sides.map((side) => ({ side, ...functionTable(belowLocks(side)) })), [sides]);
  const rows = tables
    .flatMap(({ side, rows }) => rows.map((row) => ({ side, row })))
    .filter(({ row }) => !searching || matcher.matches(row.name, row.file))
    .sort((a, b) => b.row.total - a.row.total);
  const merged = tables.reduce((sum, table) => sum + table.merged.value, 0);
  const shown = all ? rows : rows.slice(0, rowsAtFirst);
  const known = rows.flatMap(({ row }) => facts(row) ?? []);
  const withSites = known.length > 0;
  const bucket = known[0]?.bucketSeconds;
  const unit = columnUnit(kind);
  return (
    <>
      <div className="scrollx">
        <table className="fg-table">
          <caption className="sr">Frames of the graph with their values</caption>
          <thead>
            <tr>
              <th>Frame</th>
              {sides.length > 1 ? <th>Side</th> : null}
              <th className="n">Total{unit === undefined ? '' : `, ${unit}`}</th>
              <th className="n">Share</th>
              {showSelf ? <th className="n fg-optional">Self{unit === undefined ? '' : `, ${unit}`}</th> : null}
              {withSites ? (
                <th className="n">{bucket == null ? 'Busiest bucket' : `Busiest ${formatDuration(bucket)}`}</th>
              ) : null}
              {withSites ? <th className="n fg-optional">Average</th> : null}
              <th className="fg-optional">Line</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ side, row }) => (
              <tr key={side.name + row.id} className={row.name === selectedName ? 'sel' : undefined}>
                <td>
                  <button type="button" className="fg-name" title={row.name} onClick={() => select(row.id)}>
                    {shortName(row.name)}
                  </button>
                </td>
                {sides.length > 1 ? <td>{side.name}</td> : null}
                <td className="n">{formatInColumn(row.total, kind)}</td>
                <td className="n">{side.total > 0 ? formatFineShare(row.total / side.total) : ''}</td>
                {showSelf ? (
                  <td className="n fg-optional">{row.self > 0 ? formatInColumn(row.self, kind) : '0'}</td>
                ) : null}
                {withSites ? <td className="n">{formatWaiting(facts(row)?.max)}</td> : null}
                {withSites ? <td className="n fg-optional">{formatWaiting(facts(row)?.avg)}</td> : null}
                <td className="fg-optional">
                  <code>{placeOf(row)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="micro" style={{ marginTop: 6 }}>
        {rows.length === 0 ? 'No frame matches. ' : ''}
        {rows.length > shown.length ? (
          <button type="button" className="btn small" onClick={() => setAll(true)}>
            Show all {formatCount(rows.length)} functions
          </button>
        ) : null}{' '}
        {merged > 0 ? `${formatValue(merged, kind)} stand in merged frames and in no row.` : ''}
        {withSites ? ' Busiest and average are goroutines waiting at the lock of that line.' : ''}
      </p>
    </>
  );
}

function belowLocks({ root, skip }: Side): FlameNode {
  return skip === 0 ? root : { ...root, children: root.children.flatMap((column) => column.children) };
}

export type { FunctionRow, Side };
