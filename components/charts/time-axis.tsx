import { axisTicks } from '@/lib/time-format';
import { endOf, type TimeBuckets } from './time-buckets';

/** Labels below a plot, UTC; on a phone every second one. */
export function TimeAxis({ axis }: { readonly axis: TimeBuckets }) {
  return (
    <div className="axis" aria-hidden="true">
      {axisTicks(axis.from, endOf(axis), 10).map((tick, index) => (
        <span
          key={tick.at}
          className={
            [index % 2 === 1 ? 'alt' : '', tick.share < 0.06 ? 'first' : tick.share > 0.94 ? 'last' : '']
              .join(' ')
              .trim() || undefined
          }
          style={{ left: `${tick.share * 100}%` }}
        >
          {tick.text}
        </span>
      ))}
    </div>
  );
}
