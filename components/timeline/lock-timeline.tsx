'use client';
// Client: the brush over both plots describes a bucket and selects a window.
import { HeatLegend } from '@/components/charts/heat-legend';
import { Marks, NoDataRuns, ValueScale } from '@/components/charts/plot-layers';
import { SeriesTable } from '@/components/charts/series-table';
import { TimeAxis } from '@/components/charts/time-axis';
import { peakBucket, roundTop, type TimeBuckets, type TimeMark } from '@/components/charts/time-buckets';
import { Brush } from '@/components/selection/brush';
import { hrefWithFilter } from '@/components/selection/filters';
import { useView } from '@/components/selection/use-view';
import { formatInstant } from '@/lib/time-format';
import { formatPlural, formatWaiting } from '@/lib/units-format';
import { PodHeat, type PodRow } from './pod-heat';
import './timeline.css';

interface LockTimelineProps {
  readonly name: string;
  readonly axis: TimeBuckets;
  readonly avg: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly rows: readonly PodRow[];
  readonly marks: readonly TimeMark[];
  /** `stalls out of phase`; said below the map. */
  readonly phase: string;
}

const chartHeight = 112;
const linkedRows = 16;

/** When goroutines waited at a lock: busiest pod and average above, every pod below, on one time axis. */
export function LockTimeline({ name, axis, avg, max, rows, marks, phase }: LockTimelineProps) {
  const { path, params } = useView();
  const top = roundTop(Math.max(peakBucket(max)?.value ?? 0, peakBucket(avg)?.value ?? 0));
  // Rows whose name is a link are as high as a finger needs; beyond that names are text, then there is no room for them.
  const rowHeight = rows.length <= linkedRows ? 24 : rows.length <= 64 ? 14 : 6;
  const heatHeight = rows.length * rowHeight;
  return (
    <figure className="lock-timeline">
      <figcaption className="sr">{summary(axis, max)}</figcaption>
      <div className="gut">
        <ValueScale top={top} height={chartHeight} />
        <div className="plot grid-lines" style={{ height: chartHeight }}>
          <WaitingBars axis={axis} avg={avg} max={max} top={top} />
          <NoDataRuns axis={axis} values={max} />
          <Marks axis={axis} marks={marks} labels />
          <Brush
            axis={axis}
            label={`Waiting at ${name}`}
            textOf={(bucket) =>
              max[bucket] == null
                ? 'no profile'
                : `busiest pod ${formatWaiting(max[bucket])} · average ${formatWaiting(avg[bucket])}`
            }
          />
        </div>
        <div className="y pods" style={{ height: heatHeight }}>
          {rowHeight < 14
            ? null
            : rows.map((row, index) => (
                <PodName
                  key={row.pod}
                  row={row}
                  top={index * rowHeight}
                  height={rowHeight}
                  href={rows.length > linkedRows ? undefined : hrefWithFilter(path, params, 'pod', row.pod)}
                />
              ))}
        </div>
        <div className="plot" style={{ height: heatHeight, marginTop: 14 }}>
          <PodHeat axis={axis} rows={rows} rowHeight={rowHeight} />
          <Marks axis={axis} marks={marks} labels={false} />
          <Brush
            axis={axis}
            label={`Pods at ${name}`}
            textOf={(bucket) => {
              const busy = rows.filter((row) => (row.max[bucket] ?? 0) >= 0.1);
              const empty = rows.filter((row) => row.max[bucket] === null).length;
              return `${formatPlural(busy.length, 'pod')} with waiting${empty === 0 ? '' : `, ${empty} without profile`}`;
            }}
          />
        </div>
        <div />
        <TimeAxis axis={axis} />
      </div>
      <div className="heat-note">
        <HeatLegend />
        <span className="micro">rows by phase{phase === '' ? '' : `; ${phase}`}</span>
      </div>
      <SeriesTable
        averageName="average per pod"
        series={{ axis, lines: [{ name, lockId: name, avg, max }], average: avg }}
      />
    </figure>
  );
}

function PodName({
  row,
  top,
  height,
  href,
}: {
  readonly row: PodRow;
  readonly top: number;
  readonly height: number;
  readonly href: string | undefined;
}) {
  const place = { top, height, lineHeight: `${height}px` };
  const title = row.build === '' ? row.pod : `${row.pod}, build ${row.build}`;
  if (href === undefined) {
    return (
      <span className="name" title={title} style={place}>
        {row.pod}
      </span>
    );
  }
  return (
    <a className="name" href={href} title={title} style={place}>
      {row.pod}
    </a>
  );
}

function WaitingBars({
  axis,
  avg,
  max,
  top,
}: {
  readonly axis: TimeBuckets;
  readonly avg: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly top: number;
}) {
  const width = 1000 / Math.max(1, axis.buckets);
  const y = (value: number) => 100 - (value / top) * 100;
  let bars = '';
  for (const [bucket, value] of max.entries()) {
    // A bar that would be invisible is still drawn half a unit high: something waited.
    if (value !== null && value > 0) {
      const height = Math.max(0.5, (value / top) * 100);
      bars += `M${(bucket * width).toFixed(2)} 100v${(-height).toFixed(2)}h${(width * 0.86).toFixed(2)}V100z`;
    }
  }
  let line = '';
  let drawing = false;
  for (const [bucket, value] of avg.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    line += `${drawing ? 'L' : 'M'}${(bucket * width).toFixed(2)} ${y(value).toFixed(2)}h${width.toFixed(2)}`;
    drawing = true;
  }
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <path d={bars} fill="var(--waiter)" />
      <path d={line} fill="none" stroke="var(--text)" strokeWidth="1.25" />
    </svg>
  );
}

function summary(axis: TimeBuckets, max: readonly (number | null)[]): string {
  const peak = peakBucket(max);
  if (peak === undefined) return 'No profile arrived in this range.';
  if (peak.value === 0) return 'Nothing waited in any bucket.';
  const busy = max.filter((value) => value !== null && value >= 1).length;
  return `Busiest bucket at ${formatInstant(axis.from + peak.bucket * axis.stepMs)}: ${formatWaiting(peak.value)} goroutines waiting; ${formatPlural(busy, 'bucket')} with one or more.`;
}
