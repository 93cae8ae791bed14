/** How a comparison decides. Defaults are those of the measured study (docs/regression.md). */
export interface CompareOptions {
  /** Least relative change that is a regression. */
  readonly gates: { readonly lock: number; readonly cpu: number; readonly time: number };
  /** False discovery rate; 0.02 and 0.03 at the two looks where a second one is possible. */
  readonly q: number;
  /** Unequal in time by nature (a stored base): no verdict above suspicious. */
  readonly stored: boolean;
  /** Sites not to judge, with who said so and until when: already applied by the caller to what has not expired. */
  readonly acknowledged: readonly Acknowledged[];
  /** Functions whose lines the change touched: `file`, and the new line numbers. Tells culprits from victims. */
  readonly touched: readonly { readonly file: string; readonly lines: readonly number[] }[];
  /** Rules of single functions (`.lockscope.yml`); undefined = none have any. */
  readonly ruleOf?: (functionName: string) => FunctionRule;
}

export interface FunctionRule {
  /** In place of the metric's gate. */
  readonly gate: number | undefined;
  /** Why the function is not judged; undefined = it is. */
  readonly ignored: string | undefined;
}

/** A level that was accepted: a site is worse only beyond it. */
export interface Acknowledged {
  readonly site: string;
  readonly metric: string;
  readonly level: number;
  readonly reason: string;
}

export const defaultGates = { lock: 0.25, cpu: 0.1, time: 0.05 } as const;
/** Relative changes that the test itself demands: MWU of head against base × (1 + effect). */
export const leastEffect = { lock: 0.1, cpu: 0.05, time: 0.02 } as const;

export const defaultOptions: CompareOptions = {
  gates: defaultGates,
  q: 0.05,
  stored: false,
  acknowledged: [],
  touched: [],
};
