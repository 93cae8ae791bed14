import { peakBucket } from './time-buckets';

/** Bars over time on a scale of its own; a bucket without data stays empty. Decoration: the numbers stand beside it. */
export function Sparkline({
  values,
  colour = 'var(--waiter)',
}: {
  readonly values: readonly (number | null)[];
  readonly colour?: string;
}) {
  const top = peakBucket(values)?.value ?? 0;
  const width = 1000 / Math.max(1, values.length);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      // One pixel of 20 keeps "measured, nothing" apart from "not measured".
      const height = top === 0 ? 1 : Math.max(1, (value / top) * 20);
      return `M${(index * width).toFixed(1)} 20v${(-height).toFixed(1)}h${(width * 0.9).toFixed(1)}v${height.toFixed(1)}z`;
    })
    .join('');
  return (
    <svg className="spark" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill={colour} />
    </svg>
  );
}
