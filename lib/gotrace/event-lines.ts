import type {
  EventPlace,
  EventSink,
  GenerationClock,
  GoroutineChange,
  MetricName,
  ProcessorState,
  RangeEdge,
  RegionEdge,
  TaskEdge,
} from './order/sink';
import { undetermined } from './order/sink';
import type { SymbolTable } from './symbol-table';
import { eventName, experimentalArguments } from './wire/event-types';

const stateNames = ['NotExist', 'Runnable', 'Running', 'Syscall', 'Waiting'];
const noTask = '18446744073709551615';

/**
 * Ordered events as lines of text, one an event: header TAB stack of the goroutine that changes TAB stack of the code
 * that ran, as `go tool trace -d=parsed` (Go 1.27) prints them on several lines. Times are nanoseconds of the machine's
 * monotonic clock, moved up to stay strictly increasing as Go's reader does.
 */
export class EventLines implements EventSink {
  readonly #write: (line: string) => void;
  readonly #symbols: SymbolTable;
  readonly #idOf: (goroutine: number) => number;
  #nsPerUnit = 64;
  #lastTime = 0;

  /** `idOf` gives Go's number of a goroutine. */
  constructor(write: (line: string) => void, symbols: SymbolTable, idOf: (goroutine: number) => number) {
    this.#write = write;
    this.#symbols = symbols;
    this.#idOf = idOf;
  }

  sync(index: number, { minTime, nsPerUnit, snapshot }: GenerationClock): void {
    this.#nsPerUnit = nsPerUnit;
    let clock = '';
    if (snapshot !== undefined) {
      const { traceTime, monotonicNs, unixSeconds, unixNanoseconds } = snapshot;
      clock = ` Trace=${this.#nanoseconds(traceTime)} Mono=${monotonicNs} Wall=${wallTime(unixSeconds, unixNanoseconds)}`;
    }
    this.#write(`M=-1 P=-1 G=-1 Sync Time=${this.#clamped(minTime)} N=${index}${clock}\t\t`);
  }

  /** The end of the trace, which Go's reader shows as one more generation. */
  end(index: number): void {
    this.#write(`M=-1 P=-1 G=-1 Sync Time=${this.#clamped(0)} N=${index}\t\t`);
  }

  goroutine(at: EventPlace, change: GoroutineChange): void {
    const from = change.from === undetermined ? 'Undetermined' : (stateNames[change.from] ?? '');
    const reason = JSON.stringify(this.#symbols.text(change.reason));
    const what = `GoID=${this.#idOf(change.goroutine)} ${from}->${stateNames[change.to] ?? ''} Reason=${reason}`;
    this.#line(at, 'StateTransition', what, change.stack, change.ownStack);
  }

  processor(at: EventPlace, processor: number, from: ProcessorState, to: ProcessorState): void {
    this.#line(at, 'StateTransition', `ProcID=${processor} ${from}->${to} Reason=""`, 0);
  }

  range(at: EventPlace, edge: RangeEdge): void {
    const attributes =
      edge.edge !== 'end'
        ? ''
        : edge.kind === 'sweep'
          ? ` Attributes=["bytes swept"=Value{Uint64(${edge.swept})} "bytes reclaimed"=Value{Uint64(${edge.reclaimed})}]`
          : ' Attributes=[]';
    const event = edge.edge === 'begin' ? 'RangeBegin' : edge.edge === 'end' ? 'RangeEnd' : 'RangeActive';
    this.#line(at, event, `Name="${this.#rangeName(edge)}" Scope=${this.#scope(edge)}${attributes}`, edge.stack);
  }

  metric(at: EventPlace, name: MetricName, value: number, stack: number): void {
    this.#line(at, 'Metric', `Name="${name}" Value=Value{Uint64(${value})}`, stack);
  }

  label(at: EventPlace, label: number): void {
    const text = JSON.stringify(this.#symbols.text(label));
    this.#line(at, 'Label', `Label=${text} Resource=Goroutine(${this.#idOf(at.goroutine)})`, 0);
  }

  task(at: EventPlace, { edge, id, parent, name, stack }: TaskEdge): void {
    const shown = parent === 0 ? noTask : String(parent);
    const event = edge === 'begin' ? 'TaskBegin' : 'TaskEnd';
    this.#line(at, event, `ID=${id} Parent=${shown} Type=${JSON.stringify(this.#symbols.text(name))}`, stack);
  }

  region(at: EventPlace, { edge, task, name, stack }: RegionEdge): void {
    const event = edge === 'begin' ? 'RegionBegin' : 'RegionEnd';
    this.#line(at, event, `Task=${task} Type=${JSON.stringify(this.#symbols.text(name))}`, stack);
  }

  log(at: EventPlace, task: number, key: number, value: number, stack: number): void {
    const text = `Category=${JSON.stringify(this.#symbols.text(key))} Message=${JSON.stringify(this.#symbols.text(value))}`;
    this.#line(at, 'Log', `Task=${task} ${text}`, stack);
  }

  sample(at: EventPlace, goroutineId: number, stack: number): void {
    this.#print(at, goroutineId, 'StackSample', '', stack, 0);
  }

  experimental(at: EventPlace, type: number, args: readonly number[]): void {
    const values = experimentalArguments(type).map((name, index) => `${name}=Value{Uint64(${args[index] ?? 0})}`);
    this.#line(at, 'Experimental', `Name=${eventName(type)} Args=[${values.join(', ')}]`, 0);
  }

  #line(at: EventPlace, event: string, what: string, stack: number, ownStack = 0): void {
    this.#print(at, at.goroutine === -1 ? -1 : this.#idOf(at.goroutine), event, ` ${what}`, stack, ownStack);
  }

  #print(at: EventPlace, goroutineId: number, event: string, what: string, stack: number, ownStack: number): void {
    const head = `M=${at.thread} P=${at.processor} G=${goroutineId} ${event} Time=${this.#clamped(at.time)}${what}`;
    this.#write(`${head}\t${this.#frames(ownStack)}\t${this.#frames(stack)}`);
  }

  #frames(stack: number): string {
    return this.#symbols
      .framesOf(stack)
      .map(({ function: name, line }) => `${name === '' ? '@ 0x0' : name}:${line}`)
      .join(';');
  }

  #rangeName({ kind, name }: RangeEdge): string {
    if (kind === 'stw') return `stop-the-world (${this.#symbols.text(name)})`;
    if (kind === 'gc mark') return 'GC concurrent mark phase';
    return kind === 'sweep' ? 'GC incremental sweep' : 'GC mark assist';
  }

  #scope({ kind, scope }: RangeEdge): string {
    if (kind === 'gc mark') return 'None';
    return kind === 'sweep' ? `Proc(${scope})` : `Goroutine(${this.#idOf(scope)})`;
  }

  #nanoseconds(time: number): number {
    return Math.trunc(time * this.#nsPerUnit);
  }

  #clamped(time: number): number {
    this.#lastTime = Math.max(this.#nanoseconds(time), this.#lastTime + 1);
    return this.#lastTime;
  }
}

/** RFC 3339 with nanoseconds, trailing zeros cut, as Go prints it. */
function wallTime(seconds: number, nanoseconds: number): string {
  const date = new Date(seconds * 1_000).toISOString().slice(0, 19);
  const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/, '');
  return `${date}${fraction === '' ? '' : `.${fraction}`}Z`;
}
