'use client';
// Client: the chart is drawn in the browser; its size, axes, marks and summary are there from the server.
import dynamic from 'next/dynamic';
import { useId } from 'react';
import { Brush } from '@/components/selection/brush';
import { formatInstant } from '@/lib/time-format';
import { formatWaiting } from '@/lib/units-format';
import { LinePatterns, LineSwatch, lineMarks } from './line-pattern';
import { Marks, NoDataRuns, ValueScale } from './plot-layers';
import { lineColour } from './series-colours';
import { SeriesTable } from './series-table';
import { TimeAxis } from './time-axis';
import { peakBucket, roundTop, type TimeBuckets, type TimeMark } from './time-buckets';

export interface StackedSeries {
  readonly axis: TimeBuckets;
  /** Busiest native bucket per bucket, and the average beside it; null = no data. */
  readonly lines: readonly {
    readonly name: string;
    readonly lockId: string | undefined;
    readonly avg: readonly (number | null)[];
    readonly max: readonly (number | null)[];
  }[];
  /** Average over all lines. */
  readonly average: readonly (number | null)[];
}

const height = 140;
const StackedArea = dynamic(() => import('./stacked-area'), { ssr: false, loading: () => <div style={{ height }} /> });

/** Waiting over time by lock, with its brush and its table. */
export function StackedTimeline({
  series,
  marks,
  averageName,
  withAverage,
}: {
  readonly series: StackedSeries;
  readonly marks: readonly TimeMark[];
  /** What the line is: "average per pod". */
  readonly averageName: string;
  /** Draws the average over the areas: not when it is of all pods together, for they are of the busiest pod. */
  readonly withAverage: boolean;
}) {
  const { axis, lines, average } = series;
  const stacked = average.map((_, bucket) => sumOf(lines.map((line) => line.max[bucket] ?? null)));
  const peak = peakBucket(stacked);
  const top = roundTop(Math.max(peak?.value ?? 0, withAverage ? (peakBucket(average)?.value ?? 0) : 0));
  const id = useId();
  const fillOf = (line: number) => `url(#${id}-${line})`;
  return (
    <figure>
      <LinePatterns
        id={id}
        lines={lines.map(({ lockId }, index) => ({
          colour: lineColour(index, lockId === undefined),
          marks: lineMarks(index, lockId === undefined),
        }))}
      />
      <figcaption className="legend chart-legend">
        {lines.map((line, index) => (
          <span key={line.lockId ?? 'other'}>
            <LineSwatch fill={fillOf(index)} />
            {line.name}
          </span>
        ))}
        {withAverage ? (
          <span>
            <i className="sw line" aria-hidden="true" />
            {averageName}
          </span>
        ) : null}
      </figcaption>
      <p className="sr">{summary(axis, lines, peak)}</p>
      <div className="gut">
        <ValueScale top={top} height={height} />
        <div className="plot grid-lines" style={{ height }}>
          <div className="chart" aria-hidden="true">
            <StackedArea series={series} top={top} fillOf={fillOf} withAverage={withAverage} />
          </div>
          <NoDataRuns axis={axis} values={stacked} />
          <Marks axis={axis} marks={marks} labels />
          <Brush
            axis={axis}
            label="Waiting by lock"
            textOf={(bucket) => {
              if (stacked[bucket] === null) return 'no profile';
              const busy = lines.filter((line) => (line.max[bucket] ?? 0) > 0);
              return `${busy.map((line) => `${line.name} ${formatWaiting(line.max[bucket])}`).join(' · ') || 'nothing waits'} · ${averageName} ${formatWaiting(average[bucket])}`;
            }}
          />
        </div>
        <div />
        <TimeAxis axis={axis} />
      </div>
      <SeriesTable series={series} averageName={averageName} />
    </figure>
  );
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function summary(axis: TimeBuckets, lines: StackedSeries['lines'], peak: ReturnType<typeof peakBucket>): string {
  if (peak === undefined) return 'No profile arrived in this range.';
  if (peak.value === 0) return 'Nothing waited in any bucket.';
  const worst = lines.toSorted((a, b) => (b.max[peak.bucket] ?? 0) - (a.max[peak.bucket] ?? 0))[0];
  const at = formatInstant(axis.from + peak.bucket * axis.stepMs);
  return `Busiest bucket at ${at}: ${formatWaiting(peak.value)} goroutines waiting, ${formatWaiting(worst?.max[peak.bucket])} of them at ${worst?.name ?? 'one lock'}.`;
}
