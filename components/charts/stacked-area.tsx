'use client';
// Client: recharts draws in the browser only.
import { Area, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { StackedSeries } from './stacked-timeline';

/** Areas of each line's busiest bucket, stacked, and the average over all of them as a line where it is of
 * the same pods; steps, a bucket each. */
export default function StackedArea({
  series,
  top,
  fillOf,
  withAverage,
}: {
  readonly series: StackedSeries;
  readonly top: number;
  readonly fillOf: (line: number) => string;
  readonly withAverage: boolean;
}) {
  const { axis, lines, average } = series;
  // Two points a bucket, its start and its end, so that the last one before a gap has its full width.
  const points = average.flatMap((value, bucket) => {
    const values: Record<string, number | null> = { average: value };
    for (const [line, { max }] of lines.entries()) values[`line${line}`] = max[bucket] ?? null;
    return [
      { x: bucket, ...values },
      { x: bucket + 1, ...values },
    ];
  });
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} margin={{ top: 0, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <XAxis dataKey="x" type="number" domain={[0, axis.buckets]} hide />
        <YAxis domain={[0, top]} allowDataOverflow hide />
        {lines.map((line, index) => (
          <Area
            key={line.lockId ?? 'other'}
            dataKey={`line${index}`}
            stackId="waiting"
            type="linear"
            stroke="none"
            fill={fillOf(index)}
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
        {withAverage ? (
          <Line
            dataKey="average"
            type="linear"
            stroke="var(--text)"
            strokeWidth={1.25}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
