'use client';
// Client: rows are moved over and opened with the keyboard; which one is in the URL without asking the server.
import { useEffect, useRef } from 'react';
import { type Sort, sortChanges, sortKeys } from '@/components/selection/lock-sort';
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { hrefWith, sharedParams } from '@/lib/selection/view';
import { LockCells } from './lock-cells';
import { LockPairs } from './lock-pairs';
import type { LockRow } from './lock-row';
import { LockTableHead } from './lock-table-head';
import { useRowCursor } from './use-row-cursor';

/** Locks of a service, worst first. `j` `k` move, Space opens in place, Enter goes to the lock's page, `s` sorts. */
export function LockTable({
  rows,
  service,
  sort,
  pods,
  atLeast,
}: {
  readonly rows: readonly LockRow[];
  readonly service: string;
  readonly sort: Sort;
  /** Pods that report at all. */
  readonly pods: number;
  readonly atLeast: boolean;
}) {
  const { path, params, href, go } = useView();
  const body = useRef<HTMLTableSectionElement>(null);
  const selected = params.get('sel');
  const opened = params.get('open');
  const sum = params.get('unit') === 'sum';
  const lockHref = (row: LockRow) =>
    hrefWith(`/services/${encodeURIComponent(service)}/locks/${encodeURIComponent(row.id)}`, sharedParams(params));
  // A change of this page's own state only: no new numbers are needed.
  const mark = (changes: Readonly<Record<string, string | null>>) =>
    window.history.replaceState(null, '', hrefWith(path, params, changes));
  const { cursor, current, select, leave } = useRowCursor({ path, params });
  const focusRow = (id: string | null) =>
    [...(body.current?.querySelectorAll<HTMLElement>('tr[data-lock]') ?? [])]
      .find((row) => row.dataset.lock === id)
      ?.focus();

  const move = (step: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === current());
    const row = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (row === undefined) return;
    select(row.id);
    focusRow(row.id);
  };
  const withChosen = (act: (row: LockRow) => void) => {
    const chosen = rows.find((row) => row.id === current());
    if (chosen !== undefined) act(chosen);
  };
  const toggle = (id: string) => {
    select(id);
    mark({ sel: id, open: opened === id ? null : id });
  };
  useShortcut({ keys: 'j', label: 'Next lock', group: 'List' }, () => move(1));
  useShortcut({ keys: 'k', label: 'Previous lock', group: 'List' }, () => move(-1));
  useShortcut({ keys: 'Enter', label: 'Open the lock', group: 'List' }, () =>
    withChosen((row) => leave(lockHref(row))),
  );
  useShortcut({ keys: 'Space', label: 'Waiters and holders in place', group: 'List' }, () =>
    withChosen((row) => toggle(row.id)),
  );
  useShortcut({ keys: 's', label: 'Sort by the next column', group: 'List' }, () => {
    const next = sortKeys[(sortKeys.indexOf(sort.key) + 1) % sortKeys.length] ?? 'max';
    go(href({ ...sortChanges(sort, next) }));
  });
  // Coming back from a lock: the row that was left has the focus again.
  const first = useRef(true);
  useEffect(() => {
    if (!first.current || selected === null) return;
    first.current = false;
    [...(body.current?.querySelectorAll<HTMLElement>('tr[data-lock]') ?? [])]
      .find((row) => row.dataset.lock === selected)
      ?.focus({ preventScroll: true });
  }, [selected]);

  return (
    <ScrollRegion label="Table of locks">
      <table className="locks">
        <LockTableHead sort={sort} href={href} sum={sum} bucketSeconds={rows[0]?.bucketSeconds ?? null} />
        <tbody ref={body}>
          {rows.map((row, index) => (
            <RowPair key={row.id} row={row} open={opened === row.id} selected={cursor === row.id}>
              <LockCells
                row={row}
                rank={index + 1}
                href={lockHref(row)}
                pods={pods}
                sum={sum}
                atLeast={atLeast}
                open={opened === row.id}
                toggle={() => toggle(row.id)}
              />
            </RowPair>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function RowPair({
  row,
  open,
  selected,
  children,
}: {
  readonly row: LockRow;
  readonly open: boolean;
  readonly selected: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <>
      <tr data-lock={row.id} tabIndex={-1} className={selected || open ? 'sel' : undefined}>
        {children}
      </tr>
      {open ? (
        <tr className="exp">
          <td colSpan={9}>
            <LockPairs row={row} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
