import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import { deployMarks } from '@/app/_server/deploy-marks';
import { maxLines } from '@/components/charts/series-colours';
import { StackedTimeline } from '@/components/charts/stacked-timeline';
import { LastGood } from '@/components/selection/last-good';
import { sortLocks } from '@/components/selection/lock-sort';
import { ProblemState } from '@/components/ui/problem-state';
import type { LockEntry } from '@/lib/contention/lock';
import type { LocksResult } from '@/lib/query/result';
import { queryTimeline } from '@/lib/query/timeline';
import { stepFor } from '@/lib/selection/range';
import { hrefWith, type View } from '@/lib/selection/view';

/** Points across the chart: recharts stays quick with seven lines of these. */
export const pointsAcross = 240;

/** Locks below this share of the busiest one would be a line nobody can see; they go into "other". */
const leastShare = 0.01;

function linesWorthDrawing(locks: readonly LockEntry[]): number {
  const most = locks[0]?.lock.waiting.max ?? 0;
  const visible = locks.filter(({ lock }) => (lock.waiting.max ?? 0) >= most * leastShare).length;
  return Math.min(maxLines, Math.max(1, visible));
}

/** Waiting by lock over time, with the deploys in the range. */
export async function TimelinePanel({
  service,
  view,
  result,
}: {
  readonly service: string;
  readonly view: View;
  readonly result: LocksResult;
}) {
  const { store, catalog } = context();
  const locks = sortLocks(result.locks, { key: 'max', ascending: false });
  const asked = await attempt(async () => {
    const [timeline, deploys] = await Promise.all([
      queryTimeline(store, service, view, locks, {
        stepMs: stepFor(view.range, pointsAcross),
        top: linesWorthDrawing(locks),
        unit: view.unit,
        pods: result.coverage.pods.length,
      }),
      catalog.listDeploys(service),
    ]);
    return { timeline, deploys };
  });
  const address = hrefWith(service, view.params);
  if (!asked.ok) return <LastGood of={address} problem={<ProblemState what="The chart" problem={asked.problem} />} />;
  const { timeline, deploys } = asked.value;
  return (
    <LastGood of={address}>
      <StackedTimeline
        series={{
          axis: { from: timeline.from, stepMs: timeline.stepMs, buckets: timeline.buckets },
          lines: timeline.lines,
          average: timeline.total.avg,
        }}
        marks={deployMarks(deploys, view.range)}
        withAverage={view.unit === 'pod'}
        averageName={view.unit === 'sum' ? 'average, all locks and pods' : 'average of all locks, per pod'}
      />
    </LastGood>
  );
}
