import Link from 'next/link';
import { heatColour } from '@/components/charts/heat-scale';
import { RowKeys } from '@/components/selection/row-keys';
import { LinkButton } from '@/components/ui/button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { BuildCell, BuildSpan } from '@/lib/query/build-windows';
import type { BuildsResult, BuildsRow } from '@/lib/query/builds';
import { confidenceText } from '@/lib/report/builds-sentence';
import { hrefWith } from '@/lib/selection/view';
import { formatTime } from '@/lib/time-format';
import { formatPlural, formatWaiting } from '@/lib/units-format';
import type { BuildLinks } from './links';

/** Locks down, builds across; a build's head picks it. The build that made a lock worse is bracketed. */
export function BuildMatrix({
  result,
  links,
  root,
  shared,
}: {
  readonly result: BuildsResult;
  readonly links: BuildLinks;
  readonly root: string;
  readonly shared: URLSearchParams;
}) {
  const { builds, rows, worst, otherLocks } = result;
  const bad = worst?.firstBad?.build;
  return (
    <>
      <ScrollRegion label="Waiting by build and lock">
        <table className="bd-matrix" data-rows="builds">
          <thead>
            <tr>
              <th scope="col">Lock</th>
              {builds.map((span) => (
                <th key={span.build} scope="col" className={span.build === bad ? 'bd-bad' : undefined}>
                  <BuildHead span={span} links={links} isBad={span.build === bad} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.entry.lock.id}>
                <th scope="row">
                  <Link
                    href={hrefWith(`${root}/locks/${encodeURIComponent(row.entry.lock.id)}`, shared)}
                    prefetch={false}
                  >
                    <code>{row.entry.lock.name}</code>
                  </Link>
                  <Since row={row} />
                </th>
                {row.cells.map((cell, index) => (
                  <td key={builds[index]?.build} className={builds[index]?.build === bad ? 'bd-bad' : undefined}>
                    <Cell
                      cell={cell}
                      isWorse={row.firstBad !== undefined && row.firstBad.build === builds[index]?.build}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {otherLocks === 0 ? null : (
        <p className="micro">
          {formatPlural(otherLocks, 'quieter lock')} not shown.{' '}
          <LinkButton look="quiet" href={hrefWith(root, shared)}>
            All locks
          </LinkButton>
        </p>
      )}
      <RowKeys group="builds" label="build" />
    </>
  );
}

function BuildHead({
  span,
  links,
  isBad,
}: {
  readonly span: BuildSpan;
  readonly links: BuildLinks;
  readonly isBad: boolean;
}) {
  const { build, pods, from } = span;
  const { picked } = links;
  const does =
    picked === undefined
      ? `pick ${build} to compare it`
      : picked === build
        ? `${build} is picked; pick none`
        : `compare ${picked} and ${build}`;
  return (
    <>
      <Link
        href={links.pick(build)}
        prefetch={false}
        scroll={false}
        data-row
        className={picked === build ? 'bd-pick on' : 'bd-pick'}
        aria-label={does}
        title={does}
      >
        <span className="box" aria-hidden="true">
          {picked === build ? '✓' : ''}
        </span>
        <code>{build}</code>
      </Link>
      <span className="micro">
        {formatPlural(pods.length, 'pod')} since {formatTime(from)}
      </span>
      {isBad ? <span className="tag is-bad">▲ first bad</span> : null}
    </>
  );
}

function Since({ row: { firstBad } }: { readonly row: BuildsRow }) {
  return (
    <span className="micro">
      {firstBad === undefined
        ? '= no build made it worse'
        : `▲ since ${firstBad.build}, confidence ${confidenceText(firstBad.confidence)}`}
    </span>
  );
}

function Cell({ cell, isWorse }: { readonly cell: BuildCell | null; readonly isWorse: boolean }) {
  if (cell === null) return <span className="muted">no block profile</span>;
  return (
    <span className="bd-cell">
      <i className="heat" style={{ background: heatColour(cell.max) }} aria-hidden="true" />
      <span>
        <b className={isWorse ? 'bad' : undefined}>
          {isWorse ? '▲ ' : ''}max {formatWaiting(cell.max)}
        </b>
        <span className="muted">avg {formatWaiting(cell.avg)}</span>
      </span>
    </span>
  );
}
