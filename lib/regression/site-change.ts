import type { ChangedSite, ChangeVerdict, SiteChange } from './comparison';
import type { Judged } from './judge';
import { shownRow } from './paired-row';
import { median } from './stats/spread';

const nameless: ChangedSite = { id: '', kind: '', function: '', file: '', line: 0 };

/** A judged row in the words of the document. */
export function siteChange(judged: Judged, told: Pick<SiteChange, 'group' | 'lock'>): SiteChange {
  const { tested, verdict, why, q, minimalRatio } = judged;
  const { row, metric, primary, base, head, estimate, presence, floor } = tested;
  const baseMedian = median(base) ?? 0;
  const told95 = estimate !== undefined && baseMedian > 0 && Number.isFinite(estimate.high);
  return {
    site: shownRow(row)?.site ?? nameless,
    benchmark: row.benchmark,
    metric,
    primary,
    verdict,
    presence,
    base: { median: baseMedian, values: base },
    head: { median: median(head) ?? 0, values: head },
    ratio: estimate === undefined || baseMedian === 0 ? null : estimate.ratio,
    ci95: told95 ? [estimate.low, estimate.high] : null,
    p: tested.change < 0 ? tested.p.better : tested.p.worse,
    q: primary ? q : null,
    floor,
    minimalRatio,
    why,
    matchedBy: row.matchedBy,
    ...told,
  };
}

const rank: Readonly<Record<ChangeVerdict, number>> = {
  regression: 0,
  suspicious: 1,
  improved: 2,
  moved: 3,
  inconclusive: 4,
  unchanged: 5,
};

/**
 * Regressions first, then suspicious, improved, moved, inconclusive, unchanged; evidence after all that is tested. In
 * each: groups by their culprit, the culprit before what it displaced, then by q, by absolute change and by name.
 */
export function inDocumentOrder(sites: readonly SiteChange[]): SiteChange[] {
  const own = [...sites].sort(compareSites);
  const places = new Map<string, number>();
  for (const [i, { group }] of own.entries()) {
    if (group !== null && !places.has(group)) places.set(group, i);
  }
  return own
    .map((change, i) => ({
      change,
      own: i,
      // A group stands where its first member would.
      group: places.get(change.group ?? '') ?? i,
      culprit: change.group === change.site.id ? 0 : 1,
    }))
    .sort(
      (a, b) =>
        Number(b.change.primary) - Number(a.change.primary) ||
        rank[a.change.verdict] - rank[b.change.verdict] ||
        a.group - b.group ||
        a.culprit - b.culprit ||
        a.own - b.own,
    )
    .map(({ change }) => change);
}

function compareSites(a: SiteChange, b: SiteChange): number {
  const size = (change: SiteChange) => Math.abs(change.head.median - change.base.median);
  return (
    Number(b.primary) - Number(a.primary) ||
    rank[a.verdict] - rank[b.verdict] ||
    (a.q ?? 1) - (b.q ?? 1) ||
    size(b) - size(a) ||
    compareText(keyOf(a), keyOf(b))
  );
}

function keyOf({ site, metric, benchmark }: SiteChange): string {
  return [site.function, site.kind, site.id, metric, benchmark].join('\0');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
