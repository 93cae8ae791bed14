import 'server-only';
import { KeptAnswers } from '@/lib/query/kept-answers';
import { type OverviewRow, queryOverview } from '@/lib/query/overview';
import type { Overview } from '@/lib/query/result';
import type { View } from '@/lib/selection/view';
import type { SampleStore } from '@/lib/store/port';
import { context, requestNow } from './context';
import { locksOptions } from './locks-options';

/** By the store that the rows were read from: they end with it. A row is a few kilobytes. */
const keptRows = new WeakMap<SampleStore, KeptAnswers<OverviewRow>>();

function keptOf(store: SampleStore): KeptAnswers<OverviewRow> {
  // A minute: what retention removes is nobody's change of a service.
  const kept = keptRows.get(store) ?? new KeptAnswers<OverviewRow>({ most: 1_000, longestMs: 60_000 });
  keptRows.set(store, kept);
  return kept;
}

/** The overview of these services; one that stored nothing since it was last read is not read again. */
export function readOverview(services: readonly string[], view: View): Promise<Overview> {
  const { store, config, live } = context();
  const kept = keptOf(store);
  return queryOverview(
    store,
    services,
    view,
    (service) => locksOptions(config, service, false),
    (service, key, make) => kept.get(`${service}\n${key}`, String(live.changes(service)), requestNow(), make),
  );
}
