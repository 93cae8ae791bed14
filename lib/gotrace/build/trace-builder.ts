import {
  type EventPlace,
  type EventSink,
  type GenerationClock,
  type GoroutineChange,
  type RangeEdge,
  type RegionEdge,
  type TaskEdge,
  undetermined,
} from '../order/sink';
import type { SymbolTable } from '../symbol-table';
import { goCause, goState, type Trace } from '../trace';
import { AnnotationBuilder, type AnnotationMark } from './annotation-builder';
import { GoroutineColumns } from './goroutine-columns';
import { LogBuilder } from './log-builder';
import { RangeBuilder } from './range-builder';
import { type TimeBase, TimeScale } from './time-scale';

/** About what Go writes per transition, tables included. */
const bytesPerRow = 4;

/** How much there was before a generation: what a lost one must give back. */
export interface Mark {
  readonly rows: number;
  readonly goroutines: number;
  readonly ranges: number;
  readonly annotations: AnnotationMark;
  readonly samples: number;
  readonly endNs: number;
  readonly base: TimeBase;
}

/** Turns ordered events into the columns of a `Trace`. Keeps raw times; nothing per event but a row. */
export class TraceBuilder implements EventSink {
  readonly #log: LogBuilder;
  readonly #goroutines = new GoroutineColumns();
  readonly #ranges = new RangeBuilder();
  readonly #annotations = new AnnotationBuilder();
  readonly #time = new TimeScale();
  readonly #symbols: SymbolTable;
  #samples = 0;
  /** Whether what came before the present generation is lost. */
  #afterLoss = false;
  /** Start of the present generation; where states hold from that are only stated. */
  startNs = 0;

  /** `fileBytes` tells about how long the columns become. */
  constructor(symbols: SymbolTable, fileBytes: number) {
    this.#symbols = symbols;
    this.#log = new LogBuilder(Math.ceil(fileBytes / bytesPerRow));
  }

  /** End of the trace so far. */
  get endNs(): number {
    return this.#time.endNs;
  }

  /** Clock units of time zero. */
  get startUnits(): number {
    return this.#time.base.startUnits ?? 0;
  }

  sync(_index: number, { minTime, nsPerUnit }: GenerationClock): void {
    const beginNs = this.#time.begin(minTime, nsPerUnit);
    this.startNs = this.#afterLoss ? Math.max(beginNs, this.endNs) : this.endNs;
    // Nothing is known of anyone from the end of what was read before a loss on.
    if (this.#afterLoss) this.#pushWhere((state) => state !== goState.gone, goState.unknown, this.endNs);
  }

  goroutine(at: EventPlace, change: GoroutineChange): void {
    const { goroutine: g, ownStack, stack, cause } = change;
    const goroutines = this.#goroutines;
    if (g >= goroutines.count) goroutines.introduce(g);
    if (ownStack !== 0 && goroutines.name[g] === 0) goroutines.name[g] = this.#symbols.outermostFunction(ownStack);
    let timeNs = this.#time.ns(at.time);
    if (cause === goCause.status) {
      if (change.from !== undetermined) {
        if (change.to === goState.waiting && ownStack !== 0)
          this.#log.learnStack(goroutines.newestRow[g] ?? -1, ownStack);
        return;
      }
      timeNs = this.startNs;
    }
    const by = at.goroutine === g || cause === goCause.status ? -1 : at.goroutine;
    if (cause === goCause.created) {
      goroutines.parent[g] = by;
      goroutines.createdAt[g] = stack;
    }
    const byOther = cause === goCause.unblocked || cause === goCause.created;
    const seen = byOther ? stack : ownStack;
    const newest = goroutines.newestRow[g] ?? -1;
    const row = this.#log.push(timeNs, g, change.to, cause, change.reason, seen, by, newest);
    if (newest === -1) goroutines.firstRow[g] = row;
    goroutines.newestRow[g] = row;
  }

  processor(): void {}

  range(at: EventPlace, edge: RangeEdge): void {
    this.#ranges.add(edge, this.#time.ns(at.time), this.startNs);
  }

  metric(at: EventPlace): void {
    this.#time.ns(at.time);
  }

  label(): void {}

  task(at: EventPlace, edge: TaskEdge): void {
    this.#annotations.task(edge, at.goroutine, this.#time.ns(at.time));
  }

  region(at: EventPlace, edge: RegionEdge): void {
    this.#annotations.region(edge, at.goroutine, this.#time.ns(at.time));
  }

  log(at: EventPlace, task: number, key: number, value: number): void {
    const after = this.#goroutines.newestRow[at.goroutine] ?? -1;
    this.#annotations.log(this.#time.ns(at.time), at.goroutine, task, key, value, after);
  }

  sample(): void {
    this.#samples += 1;
  }

  experimental(): void {}

  mark(): Mark {
    return {
      rows: this.#log.count,
      goroutines: this.#goroutines.count,
      ranges: this.#ranges.count,
      annotations: this.#annotations.mark(),
      samples: this.#samples,
      endNs: this.endNs,
      base: this.#time.base,
    };
  }

  /** Takes back what a generation that cannot be used has told. O(rows). */
  lose({ rows, goroutines, ranges, annotations, samples, endNs, base }: Mark): void {
    this.#ranges.lose(ranges, endNs);
    this.#annotations.lose(annotations);
    this.#goroutines.count = goroutines;
    this.#log.truncate(rows, this.#goroutines.newestRow.fill(-1, 0, goroutines));
    this.#samples = samples;
    this.#time.base = base;
    this.#time.endNs = endNs;
    this.#afterLoss = true;
  }

  /** Ends a generation that was read whole: who lived before a loss and is not in it, is gone since its start. */
  settle(): void {
    if (!this.#afterLoss) return;
    this.#afterLoss = false;
    this.#pushWhere((state) => state === goState.unknown, goState.gone, this.startNs);
  }

  /** The columns. `ids` are the goroutines' by dense index. */
  finish(
    ids: Float64Array,
  ): Pick<
    Required<Trace>,
    'goroutines' | 'log' | 'backwards' | 'ranges' | 'cpuSamples' | 'tasks' | 'regions' | 'logs'
  > {
    return {
      goroutines: this.#goroutines.finish(ids),
      ...this.#log.finish(),
      ranges: this.#ranges.finish(this.endNs),
      cpuSamples: this.#samples,
      ...this.#annotations.finish(),
    };
  }

  /** Adds a row for each goroutine in a state that `matches`. */
  #pushWhere(matches: (state: number) => boolean, state: number, timeNs: number): void {
    const { newestRow, count } = this.#goroutines;
    for (let g = 0; g < count; g += 1) {
      const row = newestRow[g] ?? -1;
      if (row === -1 || !matches(this.#log.stateOf(row))) continue;
      newestRow[g] = this.#log.push(timeNs, g, state, goCause.lost, 0, 0, -1, row);
    }
  }
}
