import { formatDigits, formatShare } from '@/lib/units-format';
import type { LockRow, RowSite } from './lock-row';

/** An opened row: the first waiters at the left, the first holders at the right, how surely they belong together between. */
export function LockPairs({ row }: { readonly row: LockRow }) {
  return (
    <div className="pairs">
      <SiteList
        label="Waiters"
        side="w"
        sites={row.waiters}
        more={row.moreWaiters}
        none="No waiter in the block profile."
      />
      <p className="m">
        {row.link}
        <br />
        <span className="micro">{row.linkWhy}</span>
        {row.maxPod === undefined ? null : (
          <>
            <br />
            <span className="micro">Busiest bucket on {row.maxPod}.</span>
          </>
        )}
      </p>
      <SiteList
        label="Holders"
        side="h"
        sites={row.holders}
        more={row.moreHolders}
        none="No holder in the mutex profile."
      />
    </div>
  );
}

function SiteList({
  label,
  side,
  sites,
  more,
  none,
}: {
  readonly label: string;
  readonly side: 'w' | 'h';
  readonly sites: readonly RowSite[];
  readonly more: number;
  readonly none: string;
}) {
  return (
    <div className={side}>
      {sites.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ul aria-label={label}>
          {sites.map((site) => (
            <SiteLine key={site.id} site={site} />
          ))}
        </ul>
      )}
      {more === 0 ? null : <p className="muted">{more} more on the lock's page</p>}
    </div>
  );
}

function SiteLine({ site }: { readonly site: RowSite }) {
  return (
    <li>
      <span title={site.name}>
        <code>{site.name}</code> <span className="muted">{site.place}</span>
      </span>
      <span className="nowrap">
        {site.kind}
        {site.releaser ? ', releases only' : ''} <b>{formatShare(site.share)}</b>{' '}
        <span className="muted">{formatDigits(site.delaySeconds)}&nbsp;goroutine-s</span>
      </span>
    </li>
  );
}
