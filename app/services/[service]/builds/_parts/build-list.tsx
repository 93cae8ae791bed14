import { PinBuild } from '@/app/_builds/pin-build';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Baseline, BuildRecord, DeployRecord } from '@/lib/catalog/builds';
import { formatInstant } from '@/lib/time-format';
import { formatCount, unknown } from '@/lib/units-format';

/** Rows of the list; older builds are counted. */
const buildsShown = 50;
const commitDigits = 12;

/** Every known build with where it came from and when it was seen; pins one as the baseline. */
export function BuildList({
  service,
  builds,
  deploys,
  baseline,
}: {
  readonly service: string;
  readonly builds: readonly BuildRecord[];
  readonly deploys: readonly DeployRecord[];
  readonly baseline: Baseline;
}) {
  const newest = builds.toReversed();
  const shown = newest.slice(0, buildsShown);
  const pinned = baseline.kind === 'pinned' ? baseline.build : undefined;
  return (
    <>
      <ScrollRegion label="Known builds">
        <table>
          <thead>
            <tr>
              <th scope="col">Build</th>
              <th scope="col">Commit</th>
              <th scope="col">Branch</th>
              <th scope="col">Go</th>
              <th scope="col">First profile</th>
              <th scope="col">Last profile</th>
              <th scope="col">Deploys told</th>
              <th scope="col">Baseline</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ build, commit, branch, goVersion, firstSeen, lastSeen }) => (
              <tr key={build}>
                <th scope="row">
                  <code>{build}</code>
                </th>
                <td title={commit}>{commit === undefined ? unknown : <code>{commit.slice(0, commitDigits)}</code>}</td>
                <td>{branch ?? unknown}</td>
                <td>{goVersion ?? unknown}</td>
                <td>{firstSeen === undefined ? 'none yet' : formatInstant(firstSeen)}</td>
                <td>{lastSeen === undefined ? unknown : formatInstant(lastSeen)}</td>
                <td>
                  {formatCount(deploys.filter((deploy) => deploy.source === 'api' && deploy.build === build).length)}
                </td>
                <td>
                  <PinBuild
                    service={service}
                    build={build}
                    isPinned={pinned === build}
                    canPin={firstSeen !== undefined}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {newest.length === shown.length ? null : (
        <p className="micro">
          {formatCount(newest.length - shown.length)} older builds not shown; <code>GET /api/v1/services/…/builds</code>{' '}
          lists them.
        </p>
      )}
    </>
  );
}
