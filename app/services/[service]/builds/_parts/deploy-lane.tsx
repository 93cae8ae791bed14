import { Marks } from '@/components/charts/plot-layers';
import { TimeAxis } from '@/components/charts/time-axis';
import { shareOf, type TimeBuckets, type TimeMark } from '@/components/charts/time-buckets';
import type { BuildSpan } from '@/lib/query/build-windows';
import { formatInstant } from '@/lib/time-format';
import { formatPlural } from '@/lib/units-format';

const height = 14;

/** Which builds ran when, and on how many pods: a lane each, as high as the share of pods; deploys across all lanes. */
export function DeployLane({
  axis,
  builds,
  pods,
  marks,
}: {
  readonly axis: TimeBuckets;
  readonly builds: readonly BuildSpan[];
  readonly pods: number;
  readonly marks: readonly TimeMark[];
}) {
  return (
    <figure>
      <div className="bd-lanes">
        {builds.map((span) => (
          <div key={span.build} className="bd-lane">
            <code className="clip" title={span.build}>
              {span.build}
            </code>
            <div className="plot" style={{ height }}>
              <svg
                viewBox={`0 0 ${axis.buckets} ${height}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={laneText(span, pods)}
              >
                <path d={steps(span.reporting, Math.max(1, pods))} fill="var(--link)" />
              </svg>
            </div>
          </div>
        ))}
        <div className="bd-lane bd-over">
          <span />
          <div className="plot">
            <Marks axis={axis} marks={marks} labels={false} />
          </div>
        </div>
      </div>
      <div className="bd-lane">
        <span />
        <TimeAxis axis={axis} />
      </div>
      <Told axis={axis} marks={marks} />
    </figure>
  );
}

/** The deploys in words: the lines have no room for them when there are many. */
function Told({ axis, marks }: { readonly axis: TimeBuckets; readonly marks: readonly TimeMark[] }) {
  const inside = marks.filter(({ at }) => shareOf(axis, at) !== undefined);
  if (inside.length === 0) return <p className="micro">No deploy in this range.</p>;
  return (
    <ul className="micro bd-told">
      {inside.map(({ at, text }) => (
        <li key={`${at} ${text}`}>
          {formatInstant(at)}: {text}
        </li>
      ))}
    </ul>
  );
}

/** A step line over the buckets, closed to an area; heights are shares of all pods. */
function steps(reporting: readonly number[], pods: number): string {
  const parts = reporting.flatMap((count, bucket) => {
    if (count === 0) return [];
    const top = height * (1 - Math.min(1, count / pods));
    return [`M${bucket} ${height}V${top.toFixed(2)}H${bucket + 1}V${height}Z`];
  });
  return parts.join('');
}

function laneText({ build, from, to, reporting }: BuildSpan, pods: number): string {
  const most = Math.max(...reporting);
  return `${build}: at most ${formatPlural(most, 'pod')} of ${pods}, from ${formatInstant(from)} to ${formatInstant(to)}`;
}
