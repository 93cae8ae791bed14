import type { FlameNode } from '@/lib/flamegraph/flame-node';

/** What is known of a lock site beyond its width; a maximum stands beside every average. */
export interface SiteFacts {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  /** undefined = there is no page of the lock. */
  readonly lockHref: string | undefined;
  readonly lockName: string;
  /** Of the site's lock, goroutines waiting. */
  readonly max: number | null;
  readonly avg: number | null;
  readonly bucketSeconds: number | null;
  /** Of the site itself. */
  readonly events: number;
  readonly meanSeconds: number | null;
}

export type FactsOf = (frame: Pick<FlameNode, 'name' | 'file' | 'line'>) => SiteFacts | undefined;

/** Looks up a frame's facts by function, file and line; a row of several lines (0) has those of its busiest site. */
export function factsBySite(sites: readonly SiteFacts[]): FactsOf {
  const known = new Map<string, SiteFacts>();
  for (const site of sites.toSorted((a, b) => (a.max ?? 0) - (b.max ?? 0))) {
    known.set(`${site.function}\0${site.file}\0${site.line}`, site);
    known.set(`${site.function}\0${site.file}\0${0}`, site);
  }
  return ({ name, file, line }) => known.get(`${name}\0${file}\0${line}`);
}
