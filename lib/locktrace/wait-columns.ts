import { publicSiteIds } from '@/lib/contention/identity';
import type { Site } from '@/lib/contention/lock';
import type { Float64List, Uint32List } from '@/lib/profile/growable';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import type { Waits } from './lock-trace';
import type { Scan } from './scan-waits';
import type { StackClass } from './stack-classes';

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

/** A wait from its begin to its acquisition; while that is unseen, as far as it is known to have lasted. `parts` = blocked + wake-up. */
export function lengthNs(begin: number, granted: number, acquired: number, parts: number, durationNs: number): number {
  if (!Number.isNaN(acquired)) return Math.max(acquired - begin, 0);
  return Math.max(Number.isNaN(granted) ? durationNs - begin : Math.max(parts, granted - begin), 0);
}

/** Begin to acquisition of each attempt, to the trace's end for those that had not ended: then a lower bound. */
export function waitedNs({ attempts }: Scan, durationNs: number): Float64Array {
  const waited = new Float64Array(attempts.count);
  for (let attempt = 0; attempt < waited.length; attempt += 1) {
    const [begin, granted] = [attempts.beginNs.at(attempt), attempts.grantedNs.at(attempt)];
    const parts = attempts.blockedNs.at(attempt) + attempts.wakeupNs.at(attempt);
    waited[attempt] = lengthNs(begin, granted, attempts.acquiredNs.at(attempt), parts, durationNs);
  }
  return waited;
}

/** The attempts in order of their begin, as columns; `rowOf[attempt]` is the row of an attempt of the scan. */
export function waitColumns(
  { attempts }: Scan,
  lock: Uint32Array,
  numbers: SiteNumbers,
): { waits: Waits; rowOf: Uint32Array } {
  const { count } = attempts;
  const order = byBegin(attempts.beginNs.view());
  const rowOf = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) rowOf[order[row] ?? 0] = row;
  const numberOf = new Map<StackClass, number>();
  const siteOf = (attempt: number) => {
    const found = attempts.classes[attempt];
    if (found === undefined) return 0;
    const number = numberOf.get(found) ?? numbers.number(found.site);
    numberOf.set(found, number);
    return number;
  };
  const doubles = (column: Float64List) => fill(new Float64Array(count), order, (attempt) => column.at(attempt));
  const integers = (column: Uint32List) => fill(new Uint32Array(count), order, (attempt) => column.at(attempt));
  const waits: Waits = {
    count,
    lock: fill(new Uint32Array(count), order, (attempt) => lock[attempt] ?? 0),
    site: fill(new Uint32Array(count), order, siteOf),
    goroutine: integers(attempts.goroutine),
    stack: integers(attempts.stack),
    beginNs: doubles(attempts.beginNs),
    grantedNs: doubles(attempts.grantedNs),
    acquiredNs: doubles(attempts.acquiredNs),
    blockedNs: doubles(attempts.blockedNs),
    wakeupNs: doubles(attempts.wakeupNs),
    drainBeginNs: new Float64Array(count).fill(Number.NaN),
    drainEndNs: new Float64Array(count).fill(Number.NaN),
    by: fill(new Int32Array(count), order, (attempt) => attempts.by.at(attempt) - 1),
    byStack: integers(attempts.byStack),
    hold: new Int32Array(count).fill(-1),
    blocks: fill(new Uint16Array(count), order, (attempt) => Math.min(attempts.blocks.at(attempt), 65_535)),
    flags: fill(new Uint8Array(count), order, (attempt) => attempts.flags.at(attempt)),
    episode: fill(new Uint32Array(count), order, (attempt) => rowOf[attempts.episodes.find(attempt)] ?? 0),
  };
  for (const [attempt, { beginNs, endNs }] of attempts.drains) {
    const row = rowOf[attempt] ?? 0;
    waits.drainBeginNs[row] = beginNs;
    waits.drainEndNs[row] = endNs;
  }
  return { waits, rowOf };
}

/** `column[row] = value(order[row])`; mapped `from` of typed arrays goes through iterators, ten times slower. */
function fill<T extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  column: T,
  order: Uint32Array,
  value: (attempt: number) => number,
): T {
  for (let row = 0; row < order.length; row += 1) column[row] = value(order[row] ?? 0);
  return column;
}

/** Indexes by value, equal ones in their order. Attempts come nearly in order: those from before the trace are told late. */
function byBegin(begin: Float64Array): Uint32Array {
  const early: number[] = [];
  const order = new Uint32Array(begin.length);
  let sorted = true;
  let last = 0;
  let row = 0;
  for (let index = 0; index < begin.length; index += 1) {
    const at = begin[index] ?? 0;
    if (at === 0) {
      early.push(index);
      continue;
    }
    if (at < last) sorted = false;
    last = at;
    order[row] = index;
    row += 1;
  }
  order.copyWithin(early.length, 0, row);
  order.set(early);
  return sorted ? order : order.sort((a, b) => (begin[a] ?? 0) - (begin[b] ?? 0) || a - b);
}
