import type { RangeEdge } from '../order/sink';
import { type Ranges, rangeKind } from '../trace';

interface Range {
  readonly kind: number;
  readonly goroutine: number;
  readonly name: number;
  readonly startNs: number;
  /** NaN while it is open. */
  endNs: number;
  open: number;
}

const kinds = { 'gc mark': rangeKind.gcMark, stw: rangeKind.stw, 'mark assist': rangeKind.markAssist } as const;
const beginUnseen = 1;
const endUnseen = 2;

/** Pairs the edges of ranges. Ranges are rare beside transitions: thousands in a large trace. */
export class RangeBuilder {
  readonly #ranges: Range[] = [];
  readonly #open = new Map<string, Range>();

  get count(): number {
    return this.#ranges.length;
  }

  /** `startNs` is the trace's (or the generation's) start: where a range lies that went on already. */
  add(edge: RangeEdge, timeNs: number, startNs: number): void {
    if (edge.kind === 'sweep') return;
    const key = `${edge.kind} ${edge.scope} ${edge.name}`;
    const known = this.#open.get(key);
    if (edge.edge === 'end') {
      if (known === undefined) return;
      known.endNs = Math.max(timeNs, known.startNs);
      this.#open.delete(key);
      return;
    }
    if (known !== undefined) return; // a later generation states that it still lasts
    const seen = edge.edge === 'begin';
    const range: Range = {
      kind: kinds[edge.kind],
      goroutine: edge.scope,
      name: edge.name,
      startNs: seen ? timeNs : startNs,
      endNs: Number.NaN,
      open: seen ? 0 : beginUnseen,
    };
    this.#ranges.push(range);
    this.#open.set(key, range);
  }

  /** Takes back the ranges from `count` on; how those ended that lasted at `timeNs` is unknown. */
  lose(count: number, timeNs: number): void {
    this.#ranges.length = count;
    this.#open.clear();
    for (const range of this.#ranges) if (!(range.endNs <= timeNs)) end(range, timeNs);
  }

  /** Ends at `timeNs` what is open. */
  finish(timeNs: number): Ranges {
    for (const range of this.#open.values()) end(range, timeNs);
    this.#open.clear();
    const rows = this.#ranges;
    return {
      count: rows.length,
      kind: Uint8Array.from(rows, (row) => row.kind),
      startNs: Float64Array.from(rows, (row) => row.startNs),
      endNs: Float64Array.from(rows, (row) => row.endNs),
      open: Uint8Array.from(rows, (row) => row.open),
      goroutine: Int32Array.from(rows, (row) => row.goroutine),
      name: Uint32Array.from(rows, (row) => row.name),
    };
  }
}

function end(range: Range, timeNs: number): void {
  range.endNs = Math.max(timeNs, range.startNs);
  range.open |= endUnseen;
}
