import type { SiteDef } from '@/lib/profile/site';

/**
 * The unit of every comparison: one process measured once (a benchmark run, a load test), or one pod in one window.
 * Never a profile sample: samples of one run are not independent of each other.
 */
export interface Run {
  /** As people know it: `base run 3`, `order-0 14:20`. */
  readonly name: string;
  /**
   * `<package>.BenchmarkX` when the process ran that one alone: rows of different benchmarks are compared apart, in one
   * family of tests. undefined = a load test, a pod, or a process with several.
   */
  readonly benchmark: string | undefined;
  /** When it began, ms since 1970 UTC; undefined = the input does not tell. */
  readonly startMs: number | undefined;
  readonly per: Denominators;
  /** undefined = not measured, which is not the same as no contention. */
  readonly mutex: readonly ContentionRow[] | undefined;
  readonly block: readonly ContentionRow[] | undefined;
  readonly cpu: readonly CpuRow[] | undefined;
  /** Times of benchmarks, from processes that recorded no profile when there were such. */
  readonly times: readonly BenchmarkTime[];
}

/** What a run's values can be divided by; undefined = unknown. */
export interface Denominators {
  readonly ops: number | undefined;
  readonly requests: number | undefined;
  /** Wall time of the profile. */
  readonly seconds: number | undefined;
}

/** One site of a block or mutex profile in one run. Stacks of Go's own benchmark harness are not among them. */
export interface ContentionRow {
  readonly site: SiteDef;
  readonly delayNs: number;
  readonly contentions: number;
  /** Functions that called the site's function, without repetition; tells renames from new code. */
  readonly callers: readonly string[];
}

/** One function of a CPU profile in one run; recursion counts once a stack. */
export interface CpuRow {
  readonly function: string;
  readonly file: string;
  readonly startLine: number;
  readonly selfNs: number;
  readonly cumulativeNs: number;
  /** Samples behind `cumulativeNs`. */
  readonly samples: number;
  readonly callers: readonly string[];
  readonly callees: readonly string[];
}

export interface BenchmarkTime {
  /** `<package>.BenchmarkX/sub`, without the GOMAXPROCS suffix. */
  readonly name: string;
  readonly nsPerOp: number;
}

/** One side of a comparison, in run order. */
export interface Arm {
  readonly runs: readonly Run[];
  readonly fingerprint: Fingerprint;
}

/** Where and how an arm was measured; undefined = not told. Arms that are known to differ are not compared. */
export interface Fingerprint {
  readonly goVersion: string | undefined;
  readonly cpu: string | undefined;
  readonly cores: number | undefined;
  readonly gomaxprocs: number | undefined;
  readonly kernel: string | undefined;
  readonly buildFlags: string | undefined;
  readonly blockRate: number | undefined;
  readonly mutexFraction: number | undefined;
}
