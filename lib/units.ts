declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** A duration in nanoseconds. Exact to 2^53 (104 days); sums beyond carry a relative error of at most 1e-12. */
export type Nanoseconds = Branded<'ns'>;
/** A duration in milliseconds. */
export type Milliseconds = Branded<'ms'>;
/** An instant: milliseconds since 1970-01-01 UTC. */
export type UnixMs = Branded<'unix ms'>;
/** A duration in seconds. */
export type Seconds = Branded<'s'>;
/** A number of goroutines waiting: delay divided by wall time. */
export type Waiting = Branded<'goroutines waiting'>;

export const nanoseconds = (value: number): Nanoseconds => value as Nanoseconds;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const unixMs = (value: number): UnixMs => value as UnixMs;
export const seconds = (value: number): Seconds => value as Seconds;
export const waiting = (value: number): Waiting => value as Waiting;
