import type { BuildRecord } from '@/lib/catalog/builds';
import { LockscopeError } from '@/lib/errors';
import type { Scope } from '@/lib/query/scope';
import type { CompareSide } from '@/lib/selection/side';
import type { View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { unixMs } from '@/lib/units';

/** A side of stored windows: what it is called, and which windows it has. */
export interface StoredChoice {
  readonly label: string;
  readonly scope: Scope;
}

/** A build is looked at for at most this long, from its first profile on: a newer one would change what it is. */
const longestBuildMs = 24 * 3_600_000;

/**
 * What a side of the URL selects. A build is looked at over its own life, within the page's range where both
 * overlap, for at most a day. Throws `query.no-build` for one that the service never sent.
 */
export function storedChoice(
  side: Exclude<CompareSide, { kind: 'upload' }>,
  view: View,
  builds: readonly BuildRecord[],
): StoredChoice {
  switch (side.kind) {
    case 'build':
      return { label: side.build, scope: scopeOfBuild(side.build, view, builds) };
    case 'window': {
      const { from, to } = side.range;
      return {
        label: `${formatInstant(from)} to ${formatInstant(to)}`,
        scope: { range: side.range, matchers: view.matchers },
      };
    }
    case 'labels':
      return {
        label: side.matchers.map(({ name, op, value }) => `${name}${op}${value}`).join(', '),
        scope: { range: view.range, matchers: [...view.matchers, ...side.matchers] },
      };
  }
}

function scopeOfBuild(build: string, view: View, builds: readonly BuildRecord[]): Scope {
  const known = builds.find((one) => one.build === build);
  if (known?.firstSeen === undefined || known.lastSeen === undefined)
    throw new LockscopeError('query.no-build', `build ${build} sent no profile`, { place: 'query base, head' });
  const { range } = view;
  const inRange = known.lastSeen >= range.from && known.firstSeen < range.to;
  const from = inRange
    ? Math.max(range.from, known.firstSeen)
    : Math.max(known.firstSeen, known.lastSeen - longestBuildMs);
  const to = inRange ? Math.min(range.to, known.lastSeen + 1) : known.lastSeen + 1;
  const cut = Math.max(from, to - longestBuildMs);
  return {
    range: {
      from: unixMs(cut),
      to: unixMs(Math.max(to, cut + 1)),
      live: false,
      text: { from: String(cut), to: String(to) },
    },
    matchers: [...view.matchers.filter(({ name }) => name !== 'build'), { name: 'build', op: '=', value: build }],
  };
}
