import type { Trace } from '@/lib/gotrace/trace';

/** Names that the program gave to locks by `trace.Log(ctx, "lock", name)` before it went for them. */
export class LoggedNames {
  readonly #trace: Trace;
  /** Index in the logs of the newest name, by the row of the transition that it follows. */
  readonly #byRow = new Map<number, number>();

  constructor(trace: Trace) {
    this.#trace = trace;
    const { logs, symbols } = trace;
    for (let i = 0; i < logs.count; i += 1) {
      if (symbols.strings[logs.key[i] ?? 0] === 'lock') this.#byRow.set(logs.afterRow[i] ?? -1, i);
    }
  }

  /** Whether a goroutine logged a name after its transition `row`, and before the next one. */
  follow(row: number): boolean {
    return this.#byRow.has(row);
  }

  /**
   * The name (a string's number) of a lock whose wait comes next after `row`; undefined without one, or when the
   * goroutine emitted row `emitted` since: it woke somebody, and is past the lock that it named.
   */
  after(row: number, emitted: number): number | undefined {
    const logged = this.#byRow.get(row);
    if (logged === undefined) return undefined;
    const { log, logs } = this.#trace;
    const past = emitted >= 0 && (log.timeNs[emitted] ?? 0) > (logs.timeNs[logged] ?? 0);
    return past ? undefined : logs.value[logged];
  }
}
