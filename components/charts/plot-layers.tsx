import { formatDigits } from '@/lib/units-format';
import { emptyRuns, shareOf, type TimeBuckets, type TimeMark } from './time-buckets';

/** Labels of a scale from 0 to `top`, beside a plot of this height in px. */
export function ValueScale({ top, height }: { readonly top: number; readonly height: number }) {
  return (
    <div className="y" style={{ height }} aria-hidden="true">
      <span style={{ top: 0 }}>{formatDigits(top)}</span>
      <span style={{ top: '50%' }}>{formatDigits(top / 2)}</span>
      <span style={{ top: '100%' }}>0</span>
    </div>
  );
}

/** Hatched where no profile arrived: nothing is known there, which is not 0. */
export function NoDataRuns({
  axis,
  values,
}: {
  readonly axis: TimeBuckets;
  readonly values: readonly (number | null)[];
}) {
  return emptyRuns(values).map((run) => (
    <div
      key={run.first}
      className="no-data"
      style={{
        left: `${(run.first / axis.buckets) * 100}%`,
        width: `${((run.last - run.first + 1) / axis.buckets) * 100}%`,
      }}
    />
  ));
}

/** A line at each mark inside the axis, labelled on the side where there is room. */
export function Marks({
  axis,
  marks,
  labels,
}: {
  readonly axis: TimeBuckets;
  readonly marks: readonly TimeMark[];
  readonly labels: boolean;
}) {
  return marks.map((mark) => {
    const share = shareOf(axis, mark.at);
    return share === undefined ? null : (
      <div key={`${mark.at} ${mark.text}`} className="mark" style={{ left: `${share * 100}%` }}>
        {labels ? <span className={share > 0.5 ? 'lab on bg before' : 'lab on bg after'}>{mark.text}</span> : null}
      </div>
    );
  });
}
