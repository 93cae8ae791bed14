import type { ListedCapture } from '@/app/_server/captures';
import { RowKeys } from '@/components/selection/row-keys';
import { LinkButton } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { State } from '@/components/ui/state';
import { hrefWith } from '@/lib/selection/view';
import { formatCount } from '@/lib/units-format';
import { CaptureTable } from './capture-table';
import { rowsPerPage } from './list-params';
import { LiveCaptures } from './live-captures';

/** One page of the list with the way to the others, or that the page is none. */
export function CaptureRows({
  rows,
  total,
  page,
  params,
}: {
  readonly rows: readonly ListedCapture[];
  readonly total: number;
  readonly page: number;
  readonly params: URLSearchParams;
}) {
  if (total === 0) return null;
  if (rows.length === 0) {
    return (
      <section aria-label="Traces">
        <State title={`There is no page ${page}`}>
          <LinkButton href={hrefWith('/traces', params, { page: null })}>The first page</LinkButton>
        </State>
      </section>
    );
  }
  const first = (page - 1) * rowsPerPage;
  const last = first + rows.length;
  const active = rows.filter(({ capture: { status } }) => status === 'waiting' || status === 'analysing');
  return (
    <Section
      id="captures"
      title="Captures"
      sub={`received last first · ${formatCount(first + 1)}–${formatCount(last)} of ${formatCount(total)}`}
    >
      <RowKeys group="captures" label="trace" />
      <LiveCaptures active={active.map(({ capture }) => capture.id)}>
        <CaptureTable rows={rows} params={params} />
      </LiveCaptures>
      {total <= rowsPerPage ? null : (
        <nav className="tr-pages" aria-label="Pages">
          {page === 1 ? null : (
            <LinkButton href={hrefWith('/traces', params, { page: page === 2 ? null : String(page - 1) })}>
              Newer
            </LinkButton>
          )}
          {last >= total ? null : (
            <LinkButton href={hrefWith('/traces', params, { page: String(page + 1) })}>Older</LinkButton>
          )}
        </nav>
      )}
    </Section>
  );
}
