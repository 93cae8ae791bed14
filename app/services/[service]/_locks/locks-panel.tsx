import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import { readSort, sortLocks } from '@/components/selection/lock-sort';
import { LinkButton } from '@/components/ui/button';
import { ProblemState } from '@/components/ui/problem-state';
import type { LocksResult } from '@/lib/query/result';
import { queryTimeline } from '@/lib/query/timeline';
import { stepFor } from '@/lib/selection/range';
import { hrefWith, type View } from '@/lib/selection/view';
import { formatCount } from '@/lib/units-format';
import { lockRow } from './lock-row';
import { LockTable } from './lock-table';

/** Rows before "Show all". */
export const rowsShown = 50;
const sparkPoints = 60;

/** The table of locks with a small line over time in each row; what is beyond the first rows is counted and one link away. */
export async function LocksPanel({
  service,
  view,
  result,
  path,
  atLeast,
}: {
  readonly service: string;
  readonly view: View;
  readonly result: LocksResult;
  readonly path: string;
  readonly atLeast: boolean;
}) {
  const sort = readSort(view.params);
  const sorted = sortLocks(result.locks, sort);
  const shown = view.params.get('rows') === 'all' ? sorted : sorted.slice(0, rowsShown);
  const lines = await attempt(() =>
    queryTimeline(context().store, service, view, shown, {
      stepMs: stepFor(view.range, sparkPoints),
      top: shown.length,
      unit: 'pod',
      pods: result.coverage.pods.length,
    }),
  );
  const lineOf = new Map(lines.ok ? lines.value.lines.map((line) => [line.lockId, line]) : []);
  return (
    <>
      {lines.ok ? null : <ProblemState what="The small lines of the table" problem={lines.problem} />}
      <LockTable
        rows={shown.map((entry) => lockRow(entry, lineOf.get(entry.lock.id)))}
        service={service}
        sort={sort}
        pods={result.coverage.pods.length}
        atLeast={atLeast}
      />
      {shown.length === sorted.length ? null : (
        <p className="micro">
          {formatCount(sorted.length - shown.length)} more{' '}
          <LinkButton look="quiet" href={hrefWith(path, view.params, { rows: 'all' })}>
            Show all
          </LinkButton>
        </p>
      )}
    </>
  );
}
