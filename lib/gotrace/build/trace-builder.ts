import type { GoroutineStates } from '../order/goroutine-states';
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
import { type Goroutines, goCause, goState, type Trace } from '../trace';
import { AnnotationBuilder, type AnnotationMark } from './annotation-builder';
import { LogBuilder } from './log-builder';
import { RangeBuilder } from './range-builder';

/** About what Go writes per transition, tables included. */
const bytesPerRow = 5;

/** What a lost generation must give back. */
export interface Mark {
  readonly rows: number;
  readonly goroutines: number;
  readonly ranges: number;
  readonly annotations: AnnotationMark;
  readonly samples: number;
  readonly endNs: number;
  readonly base: TimeBase;
}

/** Time `units` of a generation is `ns`. */
interface TimeBase {
  readonly units: number;
  readonly ns: number;
  readonly nsPerUnit: number;
  /** Clock units of time zero; undefined before the first generation. */
  readonly startUnits: number | undefined;
}

/** Turns ordered events into the columns of a `Trace`. Keeps raw times; nothing per event but a row. */
export class TraceBuilder implements EventSink {
  readonly #log: LogBuilder;
  readonly #ranges = new RangeBuilder();
  readonly #annotations = new AnnotationBuilder();
  readonly #symbols: SymbolTable;
  #newestRow = new Int32Array(1_024);
  #name = new Uint32Array(1_024);
  #parent = new Int32Array(1_024);
  #createdAt = new Uint32Array(1_024);
  #known = 0;
  #samples = 0;
  #base: TimeBase = { units: 0, ns: 0, nsPerUnit: 64, startUnits: undefined };
  #baseUnits = 0;
  #baseNs = 0;
  #nsPerUnit = 64;
  /** Whether what came before the present generation is lost. */
  #afterLoss = false;
  /** Start of the present generation; where states hold from that are only stated. */
  startNs = 0;
  endNs = 0;

  /** `fileBytes` tells about how long the columns become. */
  constructor(symbols: SymbolTable, fileBytes: number) {
    this.#symbols = symbols;
    this.#log = new LogBuilder(Math.ceil(fileBytes / bytesPerRow));
  }

  sync(_index: number, { minTime, nsPerUnit }: GenerationClock): void {
    const { startUnits } = this.#base;
    const ns = startUnits === undefined ? 0 : this.#timeOf(minTime);
    this.#setBase({ units: minTime, ns, nsPerUnit, startUnits: startUnits ?? minTime });
    this.startNs = this.#afterLoss ? Math.max(ns, this.endNs) : this.endNs;
    if (this.#afterLoss) this.#stateUnknown();
  }

  /** Clock units of time zero. */
  get startUnits(): number {
    return this.#base.startUnits ?? 0;
  }

  goroutine(at: EventPlace, change: GoroutineChange): void {
    const { goroutine: g, ownStack, stack, cause } = change;
    if (g >= this.#known) this.#introduce(g);
    if (ownStack !== 0 && this.#name[g] === 0) this.#name[g] = this.#symbols.outermostFunction(ownStack);
    let timeNs = this.#time(at.time);
    if (cause === goCause.status) {
      if (change.from !== undetermined) {
        if (change.to === goState.waiting && ownStack !== 0) this.#log.learnStack(this.#newestRow[g] ?? -1, ownStack);
        return;
      }
      timeNs = this.startNs;
    }
    const by = at.goroutine === g || cause === goCause.status ? -1 : at.goroutine;
    if (cause === goCause.created) {
      this.#parent[g] = by;
      this.#createdAt[g] = stack;
    }
    const byOther = cause === goCause.unblocked || cause === goCause.created;
    const seen = byOther ? stack : ownStack;
    this.#newestRow[g] = this.#log.push(timeNs, g, change.to, cause, change.reason, seen, by);
  }

  processor(): void {}

  range(at: EventPlace, edge: RangeEdge): void {
    this.#ranges.add(edge, this.#time(at.time), this.startNs);
  }

  metric(at: EventPlace): void {
    this.#time(at.time);
  }

  label(): void {}

  task(at: EventPlace, edge: TaskEdge): void {
    this.#annotations.task(edge, at.goroutine, this.#time(at.time));
  }

  region(at: EventPlace, edge: RegionEdge): void {
    this.#annotations.region(edge, at.goroutine, this.#time(at.time));
  }

  log(at: EventPlace, task: number, key: number, value: number): void {
    this.#annotations.log(this.#time(at.time), at.goroutine, task, key, value, this.#newestRow[at.goroutine] ?? -1);
  }

  sample(): void {
    this.#samples += 1;
  }

  experimental(): void {}

  mark(): Mark {
    return {
      rows: this.#log.count,
      goroutines: this.#known,
      ranges: this.#ranges.count,
      annotations: this.#annotations.mark(),
      samples: this.#samples,
      endNs: this.endNs,
      base: this.#base,
    };
  }

  /** Takes back what a generation that cannot be used has told. O(rows). */
  lose(mark: Mark): void {
    this.#log.truncate(mark.rows);
    this.#ranges.lose(mark.ranges, mark.endNs);
    this.#annotations.lose(mark.annotations);
    this.#known = mark.goroutines;
    this.#log.newestRows(this.#newestRow.fill(-1, 0, this.#known));
    this.#samples = mark.samples;
    this.endNs = mark.endNs;
    this.#setBase(mark.base);
    this.#afterLoss = true;
  }

  /** Ends a generation that was read whole: who lived before a loss and is not in it, is gone since its start. */
  settle(): void {
    if (!this.#afterLoss) return;
    this.#afterLoss = false;
    this.#pushWhere((state) => state === goState.unknown, goState.gone, this.startNs);
  }

  /** The columns. `states` knows the goroutines' ids. */
  finish(
    states: GoroutineStates,
  ): Pick<
    Required<Trace>,
    'goroutines' | 'log' | 'backwards' | 'ranges' | 'cpuSamples' | 'tasks' | 'regions' | 'logs'
  > {
    const count = this.#known;
    const firstRow = new Int32Array(count);
    const lastRow = new Int32Array(count);
    const { log, backwards } = this.#log.finish(firstRow, lastRow);
    const goroutines: Goroutines = {
      count,
      id: states.id.slice(0, count),
      name: this.#name.slice(0, count),
      parent: this.#parent.slice(0, count),
      createdAt: this.#createdAt.slice(0, count),
      firstRow,
      lastRow,
    };
    return {
      goroutines,
      log,
      backwards,
      ranges: this.#ranges.finish(this.endNs),
      cpuSamples: this.#samples,
      ...this.#annotations.finish(),
    };
  }

  /** Nanoseconds since the start of the trace. Moves the end of the trace. */
  #time(units: number): number {
    const timeNs = this.#timeOf(units);
    if (timeNs > this.endNs) this.endNs = timeNs;
    return timeNs;
  }

  #timeOf(units: number): number {
    return this.#baseNs + (units - this.#baseUnits) * this.#nsPerUnit;
  }

  #setBase(base: TimeBase): void {
    this.#base = base;
    this.#baseUnits = base.units;
    this.#baseNs = base.ns;
    this.#nsPerUnit = base.nsPerUnit;
  }

  /** Nothing is known of the goroutines from the end of what was read before a loss on. */
  #stateUnknown(): void {
    this.#pushWhere((state) => state !== goState.gone && state !== goState.unknown, goState.unknown, this.endNs);
  }

  #pushWhere(matches: (state: number) => boolean, state: number, timeNs: number): void {
    for (let g = 0; g < this.#known; g += 1) {
      const row = this.#newestRow[g] ?? -1;
      if (row === -1 || !matches(this.#log.stateOf(row))) continue;
      this.#newestRow[g] = this.#log.push(timeNs, g, state, goCause.lost, 0, 0, -1);
    }
  }

  #introduce(g: number): void {
    if (g >= this.#newestRow.length) {
      let capacity = this.#newestRow.length;
      while (g >= capacity) capacity *= 2;
      this.#newestRow = extended(this.#newestRow, new Int32Array(capacity));
      this.#name = extended(this.#name, new Uint32Array(capacity));
      this.#parent = extended(this.#parent, new Int32Array(capacity));
      this.#createdAt = extended(this.#createdAt, new Uint32Array(capacity));
    }
    this.#newestRow.fill(-1, this.#known, g + 1);
    this.#name.fill(0, this.#known, g + 1);
    this.#parent.fill(-1, this.#known, g + 1);
    this.#createdAt.fill(0, this.#known, g + 1);
    this.#known = g + 1;
  }
}

function extended<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
