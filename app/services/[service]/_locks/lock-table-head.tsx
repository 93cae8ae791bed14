import Link from 'next/link';
import { type Sort, type SortKey, sortChanges } from '@/components/selection/lock-sort';
import { Explain } from '@/components/ui/explain';
import { formatDuration } from '@/lib/units-format';

/** Column names; those that sort are links, the sorted one says which way. */
export function LockTableHead({
  sort,
  href,
  sum,
  bucketSeconds,
}: {
  readonly sort: Sort;
  readonly href: (changes: Readonly<Record<string, string | null>>) => string;
  readonly sum: boolean;
  readonly bucketSeconds: number | null;
}) {
  const column = (key: SortKey, name: string, explain?: string) => (
    <th
      className={key === 'name' ? undefined : 'n'}
      aria-sort={sort.key !== key ? undefined : sort.ascending ? 'ascending' : 'descending'}
    >
      <Link href={href({ ...sortChanges(sort, key) })} prefetch={false} scroll={false}>
        {name}
        {sort.key === key ? <span aria-hidden="true">{sort.ascending ? ' ▴' : ' ▾'}</span> : null}
      </Link>
      {explain === undefined ? null : <Explain of={name}>{explain}</Explain>}
    </th>
  );
  return (
    <thead>
      <tr>
        <th className="n">#</th>
        {column('name', 'Lock')}
        {column(
          'max',
          bucketSeconds === null ? 'Busiest bucket' : `Busiest ${formatDuration(bucketSeconds)}`,
          'Goroutines waiting in the busiest profile of one pod. An average over a longer range hides a short stall; this number does not.',
        )}
        {column(
          'avg',
          sum ? 'Average, all pods' : 'Average',
          'Goroutines waiting on average: delay divided by the time that the profiles of the range cover.',
        )}
        {column('wait', 'Mean wait', 'Delay divided by number of waits. A profile has no percentiles.')}
        {column('hold', 'Hold', 'An estimate from the mean wait of the waiters. Exact holds need an execution trace.')}
        <th>Waiter → holder</th>
        {column('pods', 'Pods')}
        <th>
          Trend<span className="sr">, each row on its own scale</span>
        </th>
      </tr>
    </thead>
  );
}
