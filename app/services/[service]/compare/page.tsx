import type { Metadata } from 'next';
import Link from 'next/link';
import { attempt } from '@/app/_server/attempt';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { LockChanges } from '@/components/compare/lock-changes';
import { CopyLink } from '@/components/selection/copy-link';
import { BadView } from '@/components/ui/bad-view';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import type { Comparison } from '@/lib/regression/comparison';
import { diffSentence } from '@/lib/report/diff-sentence';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatDuration, formatPlural } from '@/lib/units-format';
import { Facts } from './_parts/facts';
import { FlamePanel } from './_parts/flame-panel';
import { type LoadedCompare, loadCompare } from './_parts/load-compare';
import { SideForm } from './_parts/side-form';
import { Trust } from './_parts/trust';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Compare · ${decodeURIComponent((await params).service)}` };
}

/** Did this change make it worse? */
export default async function ComparePage({ params, searchParams }: Props) {
  const service = decodeURIComponent((await params).service);
  const root = `/services/${encodeURIComponent(service)}`;
  const path = `${root}/compare`;
  const read = await readView(searchParams);
  const head = <PageHead crumbs={[{ name: service, href: root }]} title={`Compare builds of ${service}`} />;
  if (!read.ok) {
    return (
      <>
        {head}
        <BadView path={path} params={read.params} message={read.message} />
      </>
    );
  }
  const { view } = read;
  const loaded = await attempt(() => loadCompare(service, view));
  if (!loaded.ok) {
    return (
      <>
        {head}
        <ProblemState what="The comparison" problem={loaded.problem} />
      </>
    );
  }
  const crumbs = (
    <nav className="crumbs" aria-label="Breadcrumb">
      <Link href={hrefWith(root, sharedParams(view.params))} prefetch={false}>
        {service}
      </Link>
      <span aria-hidden="true">/</span>
      <span>Compare</span>
    </nav>
  );
  const { value } = loaded;
  if (value.kind === 'choose') {
    return (
      <>
        {head}
        <SideForm path={path} params={view.params} builds={value.builds} sides={undefined} />
        <State title="Nothing to compare">
          <p>{value.reason}</p>
        </State>
      </>
    );
  }
  return <Compared crumbs={crumbs} service={service} path={path} view={view} loaded={value} />;
}

function Compared({
  crumbs,
  service,
  path,
  view,
  loaded,
}: {
  readonly crumbs: React.ReactNode;
  readonly service: string;
  readonly path: string;
  readonly view: View;
  readonly loaded: Extract<LoadedCompare, { kind: 'compared' }>;
}) {
  const { base, head, builds, sides, compared } = loaded;
  const form = <SideForm path={path} params={view.params} builds={builds} sides={sides} />;
  const { comparison } = compared;
  if (comparison === undefined) {
    const empty = compared.base.arm.runs.length === 0 ? base : head;
    return (
      <>
        {crumbs}
        <Verdict sentence={[`${empty.label} has no block or mutex profile in this range: nothing was compared.`]} />
        {form}
      </>
    );
  }
  const selected = view.params.get('lock') ?? undefined;
  return (
    <>
      {crumbs}
      <Verdict
        sentence={diffSentence(comparison)}
        because={[becauseOf(loaded, comparison)]}
        actions={<CopyLink range={view.range} />}
      />
      {form}
      <Facts comparison={comparison} />
      <Section id="locks" title="Locks" sub={countsOf(comparison)}>
        {comparison.locks.length === 0 ? (
          <State title="No lock to compare">
            <p>Neither side waited for one.</p>
          </State>
        ) : (
          <LockChanges
            locks={comparison.locks}
            busiest={loaded.busiest}
            selected={selected}
            hrefOf={(lock) =>
              hrefWith(`/services/${encodeURIComponent(service)}/locks/${lock.id}`, sharedParams(view.params))
            }
          />
        )}
      </Section>
      <FlamePanel service={service} path={path} params={view.params} flame={loaded.flame} comparison={comparison} />
      <Trust comparison={comparison} notes={compared.notes} />
    </>
  );
}

/** `1.41.0 → 1.42.0, one pod in one window of 10 m a run (12 and 12); base: the build before it.` */
function becauseOf(
  { base, head, compared, chosenBy }: Extract<LoadedCompare, { kind: 'compared' }>,
  comparison: Comparison,
): string {
  const { runs } = comparison;
  const window = formatDuration(compared.head.arm.windowMs / 1e3);
  const stored = comparison.trust.some(({ code }) => code === 'stored-base');
  const capped = stored
    ? ' The two ran at different times: what else changed meanwhile cannot be told apart, so nothing here is called more than suspicious.'
    : '';
  const chosen = chosenBy === undefined ? '' : `; the base is ${chosenBy}`;
  return `${base.label} → ${head.label}. A run is one pod in one window of ${window}: ${runs.base} and ${formatPlural(runs.head, 'run')} of ${compared.base.arm.pods} and ${formatPlural(compared.head.arm.pods, 'pod')}${chosen}.${capped}`;
}

function countsOf({ locks }: Comparison): string {
  const count = (match: (lock: Comparison['locks'][number]) => boolean) => locks.filter(match).length;
  return [
    `${count(({ verdict }) => verdict === 'regression')} worse`,
    `${count(({ verdict }) => verdict === 'suspicious')} suspicious`,
    `${count(({ verdict }) => verdict === 'improved')} better`,
    `${count(({ verdict }) => verdict === 'moved')} moved`,
    `${count(({ verdict }) => verdict === 'unchanged' || verdict === 'inconclusive')} unchanged or unclear`,
    `${count(({ presence }) => presence === 'new')} new`,
    `${count(({ presence }) => presence === 'gone')} gone`,
  ].join(' · ');
}
