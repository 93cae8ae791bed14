'use client';
// Client: the brush over the cells describes and selects them.
import { Brush } from '@/components/selection/brush';
import { formatInstant } from '@/lib/time-format';
import { formatWaiting } from '@/lib/units-format';
import { heatColour } from './heat-scale';
import { peakBucket, shareOf, type TimeBuckets, type TimeMark } from './time-buckets';

/** One row of cells, a bucket each; a bucket without data stays empty. Deploys are dashed lines. */
export function HeatStrip({
  name,
  axis,
  values,
  marks,
  openPath,
}: {
  readonly name: string;
  readonly axis: TimeBuckets;
  readonly values: readonly (number | null)[];
  readonly marks: readonly TimeMark[];
  readonly openPath: string;
}) {
  const width = 1000 / Math.max(1, axis.buckets);
  return (
    <div className="plot strip">
      <svg viewBox="0 0 1000 22" preserveAspectRatio="none" role="img" aria-label={stripSummary(name, axis, values)}>
        {values.map((value, bucket) =>
          value === null ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its bucket
              key={bucket}
              x={bucket * width}
              width={width * 0.91}
              height="22"
              fill={heatColour(value)}
            />
          ),
        )}
      </svg>
      {marks.map((mark) => {
        const share = shareOf(axis, mark.at);
        return share === undefined ? null : (
          <div key={`${mark.at} ${mark.text}`} className="mark" style={{ left: `${share * 100}%` }} />
        );
      })}
      <Brush
        axis={axis}
        label={name}
        openPath={openPath}
        textOf={(bucket) => {
          const value = values[bucket];
          const events = marks.filter(({ at }) => bucketOf(axis, at) === bucket).map(({ text }) => text);
          const waiting =
            value === null || value === undefined ? 'no profile' : `busiest pod ${formatWaiting(value)} waiting`;
          return [waiting, ...events].join(' · ');
        }}
      />
    </div>
  );
}

function bucketOf(axis: TimeBuckets, at: number): number {
  return Math.floor((at - axis.from) / axis.stepMs);
}

function stripSummary(name: string, axis: TimeBuckets, values: readonly (number | null)[]): string {
  const peak = peakBucket(values);
  if (peak === undefined) return `${name}: no data`;
  const at = formatInstant(axis.from + peak.bucket * axis.stepMs);
  return `${name}: busiest bucket ${formatWaiting(peak.value)} waiting, at ${at}`;
}
