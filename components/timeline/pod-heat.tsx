import { heatColour } from '@/components/charts/heat-scale';
import { peakBucket, type TimeBuckets } from '@/components/charts/time-buckets';
import { formatPlural, formatWaiting } from '@/lib/units-format';

export interface PodRow {
  readonly pod: string;
  readonly build: string;
  readonly max: readonly (number | null)[];
}

/** Pods as rows, buckets as columns, colour = goroutines waiting; a bucket without a profile stays empty. */
export function PodHeat({
  axis,
  rows,
  rowHeight,
}: {
  readonly axis: TimeBuckets;
  readonly rows: readonly PodRow[];
  readonly rowHeight: number;
}) {
  const width = 1000 / Math.max(1, axis.buckets);
  return (
    <svg
      viewBox={`0 0 1000 ${rows.length * rowHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={heatSummary(rows)}
    >
      {rows.map((row, index) => (
        <g key={row.pod} transform={`translate(0 ${index * rowHeight})`}>
          {cellRuns(row.max).map(({ first, last, colour }) => (
            <rect
              key={first}
              x={first * width}
              width={(last - first + 1) * width - width * 0.09}
              height={rowHeight * 0.9}
              fill={colour}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Neighbouring quiet buckets are one rectangle: most cells are quiet, and each rectangle costs the browser time. */
function cellRuns(values: readonly (number | null)[]): { first: number; last: number; colour: string }[] {
  const runs: { first: number; last: number; colour: string }[] = [];
  for (const [bucket, value] of values.entries()) {
    if (value === null) continue;
    const colour = heatColour(value);
    const before = runs.at(-1);
    if (before !== undefined && before.last === bucket - 1 && before.colour === colour) before.last = bucket;
    else runs.push({ first: bucket, last: bucket, colour });
  }
  return runs;
}

function heatSummary(rows: readonly PodRow[]): string {
  const [worst] = rows
    .flatMap((row) => {
      const peak = peakBucket(row.max);
      return peak === undefined ? [] : { pod: row.pod, value: peak.value };
    })
    .sort((a, b) => b.value - a.value);
  if (worst === undefined) return 'Pods by time: no data.';
  return `Pods by time, ${formatPlural(rows.length, 'row')}: busiest bucket ${formatWaiting(worst.value)} waiting, on ${worst.pod}.`;
}
