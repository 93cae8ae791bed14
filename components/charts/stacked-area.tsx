'use client';
// Client: recharts draws in the browser only.
import { Area, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { lineColour } from './series-colours';
import type { StackedSeries } from './stacked-timeline';

/** Areas of each line's busiest bucket, stacked, and the average over all of them as a line; steps, a bucket each. */
export default function StackedArea({ series, top }: { readonly series: StackedSeries; readonly top: number }) {
  const { axis, lines, average } = series;
  const points = Array.from({ length: axis.buckets + 1 }, (_, index) => {
    // A step reaches to the next point, so the last bucket is repeated at the end of the axis.
    const bucket = Math.min(index, axis.buckets - 1);
    const point: Record<string, number | null> = { x: index, average: average[bucket] ?? null };
    for (const [line, { max }] of lines.entries()) point[`line${line}`] = max[bucket] ?? null;
    return point;
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
            type="stepAfter"
            stroke="none"
            fill={lineColour(index, line.lockId === undefined)}
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
        <Line
          dataKey="average"
          type="stepAfter"
          stroke="var(--text)"
          strokeWidth={1.25}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
