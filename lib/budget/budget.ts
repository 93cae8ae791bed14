/** What `.lockscope.yml` says, with defaults filled in. Gates are relative: 0.25 = 25 % more. Lines are 1-based. */
export interface Budget {
  readonly mode: 'report' | 'gate';
  readonly comment: 'on-change' | 'always' | 'never';
  /** undefined = not said: the comparison's own default. */
  readonly gates: {
    readonly lock: number | undefined;
    readonly cpu: number | undefined;
    readonly time: number | undefined;
  };
  readonly q: number;
  readonly runs: number;
  readonly secondLook: boolean;
  /** In the file's order; one named `default` over all packages when the file has none. */
  readonly suites: readonly Suite[];
  readonly rules: readonly FunctionRule[];
  readonly ignored: readonly IgnoreRule[];
  readonly accepted: readonly AcceptedLevel[];
  readonly wrappers: readonly string[];
  readonly owners: readonly { readonly pattern: string; readonly owner: string }[];
}

export type ProfileKind = 'block' | 'mutex' | 'cpu';

export interface Suite {
  readonly name: string;
  readonly packages: readonly string[];
  /** As `go test -bench` takes it. */
  readonly benchmarks: string;
  readonly benchtime: Benchtime;
  /** GOMAXPROCS; undefined = the machine's. */
  readonly gomaxprocs: number | undefined;
  readonly profiles: readonly ProfileKind[];
  readonly runs: number;
  /** Of one process. */
  readonly timeoutMs: number;
}

/** How much one run does: a number of operations, or as many as take this long on the base. */
export type Benchtime = { readonly operations: number } | { readonly targetMs: number };

export interface FunctionRule {
  readonly pattern: string;
  readonly line: number;
  readonly gate: number | undefined;
  readonly maxDelayPerOpNs: number | undefined;
  readonly maxContentionsPerOp: number | undefined;
  readonly severity: 'fail' | 'warn' | undefined;
}

export interface IgnoreRule {
  readonly pattern: string;
  readonly line: number;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day it counts, UTC. */
  readonly expires: string;
}

export interface AcceptedLevel {
  /** `Site.id`. */
  readonly site: string;
  readonly line: number;
  readonly metric: string;
  /** In the metric's unit: ns or count per operation. */
  readonly level: number;
  readonly reason: string;
  readonly by: string | undefined;
  readonly expires: string;
}

/** The file's name at the root of a repository or module. */
export const budgetFileName = '.lockscope.yml';
