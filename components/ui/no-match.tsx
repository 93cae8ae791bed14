import { hrefWith } from '@/lib/selection/view';
import { LinkButton } from './button';
import { State } from './state';

/** Labels that a URL can filter by, beside `label`. */
const filters = { env: null, pod: null, build: null, zone: null, label: null } as const;

/** True when there are profiles in the range and the view's filters leave none of them. */
export function leavesNothing(
  view: { readonly matchers: readonly unknown[]; readonly range: { readonly from: number } },
  lastSeen: number | undefined,
): boolean {
  return view.matchers.length > 0 && lastSeen !== undefined && lastSeen > view.range.from;
}

/** Profiles arrived, and the filters leave none of them. */
export function NoMatch({ path, params }: { readonly path: string; readonly params: URLSearchParams }) {
  return (
    <State title="No profile matches">
      <p>Profiles arrived in this range; with these filters none is left.</p>
      <LinkButton href={hrefWith(path, params, filters)}>Without filters</LinkButton>
    </State>
  );
}
