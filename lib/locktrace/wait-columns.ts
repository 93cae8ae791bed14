import { publicSiteIds } from '@/lib/contention/identity';
import type { Site } from '@/lib/contention/lock';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import type { Waits } from './lock-trace';
import type { Scan } from './scan-waits';

/** Sites met so far, numbered in order of first use. */
export class SiteNumbers {
  readonly #defs: SiteDef[] = [];
  readonly #numbers = new Map<SiteId, number>();

  number(site: SiteDef): number {
    const known = this.#numbers.get(site.id);
    if (known !== undefined) return known;
    const number = this.#defs.push(site) - 1;
    this.#numbers.set(site.id, number);
    return number;
  }

  kind(number: number): string {
    return this.#defs[number]?.kind ?? '';
  }

  /** In public form, by number. */
  sites(): Site[] {
    const ids = publicSiteIds(this.#defs);
    return this.#defs.map((site) => ({
      id: ids.get(site.id) ?? '',
      kind: site.kind,
      function: site.function,
      file: site.file,
      line: site.line,
    }));
  }
}

/** Begin to acquisition of each attempt, to the trace's end for those that had not ended: then a lower bound. */
export function waitedNs({ attempts }: Scan, durationNs: number): Float64Array {
  return Float64Array.from({ length: attempts.count }, (_, attempt) => {
    const acquired = attempts.acquiredNs.at(attempt);
    return Math.max((Number.isNaN(acquired) ? durationNs : acquired) - attempts.beginNs.at(attempt), 0);
  });
}

/** The attempts in order of their begin, as columns; `rowOf[attempt]` is the row of an attempt of the scan. */
export function waitColumns(
  { attempts }: Scan,
  lock: Uint32Array,
  numbers: SiteNumbers,
): { waits: Waits; rowOf: Uint32Array } {
  const { count } = attempts;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const begin = attempts.beginNs.view();
  order.sort((a, b) => (begin[a] ?? 0) - (begin[b] ?? 0) || a - b);
  const rowOf = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) rowOf[order[row] ?? 0] = row;
  const doubles = (column: { at(index: number): number }) => Float64Array.from(order, (attempt) => column.at(attempt));
  const integers = (column: { at(index: number): number }) => Uint32Array.from(order, (attempt) => column.at(attempt));
  const waits: Waits = {
    count,
    lock: Uint32Array.from(order, (attempt) => lock[attempt] ?? 0),
    site: Uint32Array.from(order, (attempt) => {
      const found = attempts.classes[attempt];
      return found === undefined ? 0 : numbers.number(found.site);
    }),
    goroutine: integers(attempts.goroutine),
    stack: integers(attempts.stack),
    beginNs: doubles(attempts.beginNs),
    grantedNs: doubles(attempts.grantedNs),
    acquiredNs: doubles(attempts.acquiredNs),
    blockedNs: doubles(attempts.blockedNs),
    wakeupNs: doubles(attempts.wakeupNs),
    drainBeginNs: doubles(attempts.drainBeginNs),
    drainEndNs: doubles(attempts.drainEndNs),
    by: Int32Array.from(order, (attempt) => attempts.by.at(attempt) - 1),
    byStack: integers(attempts.byStack),
    hold: new Int32Array(count).fill(-1),
    blocks: Uint16Array.from(order, (attempt) => Math.min(attempts.blocks.at(attempt), 65_535)),
    flags: Uint8Array.from(order, (attempt) => attempts.flags.at(attempt)),
    episode: Uint32Array.from(order, (attempt) => rowOf[attempts.episodes.find(attempt)] ?? 0),
  };
  return { waits, rowOf };
}
