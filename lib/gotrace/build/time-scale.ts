/** Time `units` of a generation is `ns`. */
export interface TimeBase {
  readonly units: number;
  readonly ns: number;
  readonly nsPerUnit: number;
  /** Clock units of time zero; undefined before the first generation. */
  readonly startUnits: number | undefined;
}

/**
 * From clock units to nanoseconds since the start of the trace, and how far the trace goes. Each generation goes on
 * from the one before, for on Windows the length of a unit may differ.
 */
export class TimeScale {
  #base: TimeBase = { units: 0, ns: 0, nsPerUnit: 64, startUnits: undefined };
  #units = 0;
  #ns = 0;
  #nsPerUnit = 64;
  endNs = 0;

  /** Begins a generation with its smallest time; returns that time. */
  begin(minTime: number, nsPerUnit: number): number {
    const { startUnits } = this.#base;
    const ns = startUnits === undefined ? 0 : this.#at(minTime);
    this.base = { units: minTime, ns, nsPerUnit, startUnits: startUnits ?? minTime };
    return ns;
  }

  /** Nanoseconds since the start of the trace. Moves its end. */
  ns(units: number): number {
    const timeNs = this.#at(units);
    if (timeNs > this.endNs) this.endNs = timeNs;
    return timeNs;
  }

  get base(): TimeBase {
    return this.#base;
  }

  set base(base: TimeBase) {
    this.#base = base;
    this.#units = base.units;
    this.#ns = base.ns;
    this.#nsPerUnit = base.nsPerUnit;
  }

  #at(units: number): number {
    return this.#ns + (units - this.#units) * this.#nsPerUnit;
  }
}
