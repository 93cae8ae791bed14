import Link from 'next/link';
import { type DeployMark, deployMarks } from '@/app/_server/deploy-marks';
import { HeatStrip } from '@/components/charts/heat-strip';
import { TimeAxis } from '@/components/charts/time-axis';
import { RowKeys } from '@/components/selection/row-keys';
import type { DeployRecord } from '@/lib/catalog/builds';
import type { Overview, ServiceSummary } from '@/lib/query/result';
import { rangeEndingAt } from '@/lib/selection/range';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { formatCount, formatDuration, formatWaiting } from '@/lib/units-format';

/** Services as rows, time as columns: the busiest pod of each bucket, then the row's numbers. */
export function ServiceStrips({
  overview,
  deploys,
  view,
}: {
  readonly overview: Overview;
  /** By service. */
  readonly deploys: ReadonlyMap<string, readonly DeployRecord[]>;
  readonly view: View;
}) {
  const shared = sharedParams(view.params);
  const lengths = new Set(overview.services.flatMap(({ worst }) => worst?.lock.waiting.bucketSeconds ?? []));
  // One length for the column, or none when services differ.
  const bucket = lengths.size === 1 ? [...lengths][0] : undefined;
  return (
    <div className="strips" data-rows="services">
      <span className="h">Service</span>
      <span className="h" aria-hidden="true" />
      <span className="h">Busiest{bucket === undefined ? '' : ` ${formatDuration(bucket)}`}</span>
      <span className="h">Average</span>
      <span className="h">Pods</span>
      {overview.services.map((summary) => (
        <StripRow
          key={summary.service}
          summary={summary}
          overview={overview}
          marks={deployMarks(deploys.get(summary.service) ?? [], view.range)}
          path={`/services/${encodeURIComponent(summary.service)}`}
          shared={shared}
          view={view}
        />
      ))}
      <span className="not-phone" />
      <TimeAxis axis={overview} />
      <RowKeys group="services" label="service" />
    </div>
  );
}

function StripRow({
  summary,
  overview,
  marks,
  path,
  shared,
  view,
}: {
  readonly summary: ServiceSummary;
  readonly overview: Overview;
  readonly marks: readonly DeployMark[];
  readonly path: string;
  readonly shared: URLSearchParams;
  readonly view: View;
}) {
  const { service, state, worst } = summary;
  const bucket = worst?.lock.waiting.bucketSeconds;
  return (
    <>
      <span className={state === 'trouble' ? 'name hot' : 'name'}>
        <Link className="plain" href={hrefWith(path, shared)} prefetch={false} data-row>
          {service}
        </Link>
      </span>
      {state === 'off' || state === 'silent' ? (
        <p className="says">
          {state === 'off' ? (
            <>
              Neither block nor mutex profiles arrive. <Link href="/connect">Turn them on</Link>
            </>
          ) : (
            <Silent newest={summary.newest} path={path} shared={shared} spanMs={view.range.to - view.range.from} />
          )}
        </p>
      ) : (
        <>
          <HeatStrip
            name={service}
            axis={{ from: overview.from, stepMs: overview.stepMs, buckets: overview.buckets }}
            values={summary.strip}
            marks={marks}
            openPath={path}
          />
          <span className={state === 'trouble' ? 'v loud' : 'v'}>
            {formatWaiting(summary.max)}
            <span className="u only-phone"> busiest{bucket == null ? '' : ` ${formatDuration(bucket)}`}</span>
          </span>
          <span className="v av">{formatWaiting(summary.avg)}</span>
          <span className="v pd muted" title="pods that report, of those seen in this range">
            {summary.reporting === summary.pods
              ? formatCount(summary.pods)
              : `${formatCount(summary.reporting)} / ${formatCount(summary.pods)}`}
          </span>
        </>
      )}
    </>
  );
}

/** No profile in the range: when the last one came, and the way there. */
function Silent({
  newest,
  path,
  shared,
  spanMs,
}: {
  readonly newest: number | undefined;
  readonly path: string;
  readonly shared: URLSearchParams;
  readonly spanMs: number;
}) {
  if (newest === undefined) return 'No profile arrived in this range.';
  const there = hrefWith(path, shared, rangeEndingAt(newest + 1_000, spanMs));
  return (
    <>
      No profile arrived in this range; the last one {formatInstant(newest)}. <Link href={there}>Jump there</Link>
    </>
  );
}
