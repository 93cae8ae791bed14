import type { BuildSpan } from '@/lib/query/build-windows';
import { hrefWith, sharedParams } from '@/lib/selection/view';

/** Where the builds of the page lead. */
export interface BuildLinks {
  /** The build that was picked first; undefined = none, or one that is not here. */
  readonly picked: string | undefined;
  /** The page with nothing picked. */
  readonly cancel: string;
  /** Picks a build, or compares it with the one picked, the older of the two as the base. */
  readonly pick: (build: string) => string;
  readonly compare: (base: string, head: string) => string;
}

/** Links of the page under `root`; the picked build is the parameter `pick`, so that a link can be passed on. */
export function buildLinks(root: string, params: URLSearchParams, builds: readonly BuildSpan[]): BuildLinks {
  const path = `${root}/builds`;
  const names = builds.map(({ build }) => build);
  const asked = params.get('pick') ?? undefined;
  const picked = asked !== undefined && names.includes(asked) ? asked : undefined;
  const cancel = hrefWith(path, params, { pick: null });
  // The sides say their builds: a filter on one of them would empty the other.
  const compared = sharedParams(params);
  compared.delete('build');
  const compare = (base: string, head: string) =>
    hrefWith(`${root}/compare`, compared, { base: `build:${base}`, head: `build:${head}` });
  const inOrder = (a: string, b: string): readonly [string, string] =>
    names.indexOf(a) <= names.indexOf(b) ? [a, b] : [b, a];
  return {
    picked,
    cancel,
    compare,
    pick(build) {
      if (picked === build) return cancel;
      return picked === undefined ? hrefWith(path, params, { pick: build }) : compare(...inOrder(picked, build));
    },
  };
}
