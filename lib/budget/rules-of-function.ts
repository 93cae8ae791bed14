import type { AcceptedLevel, Budget, FunctionRule, IgnoreRule } from './budget';

/** Whether a function is meant by one of the patterns: `matchesAny` of lib/contention. */
export type Matches = (functionName: string, patterns: readonly string[]) => boolean;

/** What the budget says of one function. */
export interface FunctionRules {
  readonly gate: number | undefined;
  readonly maxDelayPerOpNs: number | undefined;
  readonly maxContentionsPerOp: number | undefined;
  /** `fail` unless a rule says otherwise. */
  readonly severity: 'fail' | 'warn';
  readonly owner: string | undefined;
  /** Not judged at all; undefined = judged. */
  readonly ignored: IgnoreRule | undefined;
  /** The rules that matched, in the file's order. */
  readonly matched: readonly FunctionRule[];
}

/**
 * Resolves the rules of a function on a day (`YYYY-MM-DD`, UTC). Of several rules that match, the later one decides,
 * key by key; an entry of `ignore` counts up to its last day.
 */
export function rulesOfFunction(budget: Budget, name: string, today: string, matches: Matches): FunctionRules {
  const matched = budget.rules.filter(({ pattern }) => matches(name, [pattern]));
  const last = <K extends keyof FunctionRule>(key: K) => matched.findLast((rule) => rule[key] !== undefined)?.[key];
  return {
    gate: last('gate'),
    maxDelayPerOpNs: last('maxDelayPerOpNs'),
    maxContentionsPerOp: last('maxContentionsPerOp'),
    severity: last('severity') ?? 'fail',
    owner: budget.owners.findLast(({ pattern }) => matches(name, [pattern]))?.owner,
    ignored: budget.ignored.find(({ pattern, expires }) => today <= expires && matches(name, [pattern])),
    matched,
  };
}

/** Levels that still count on a day. */
export function acceptedOn(budget: Budget, today: string): readonly AcceptedLevel[] {
  return budget.accepted.filter(({ expires }) => today <= expires);
}

export interface IdleRules {
  /** Rules and ignores that match no function of the comparison: a rename may have orphaned them. */
  readonly matchNothing: readonly { readonly pattern: string; readonly line: number }[];
  readonly expired: readonly { readonly what: string; readonly line: number; readonly expires: string }[];
}

/** What in the file no longer does anything, in the file's order: the report names it. */
export function idleRules(budget: Budget, functions: readonly string[], today: string, matches: Matches): IdleRules {
  const inForce = budget.ignored.filter(({ expires }) => today <= expires);
  const idle = [...budget.rules, ...inForce].filter(
    ({ pattern }) => !functions.some((name) => matches(name, [pattern])),
  );
  const expired = [
    ...budget.ignored.map(({ pattern, line, expires }) => ({ what: `ignore ${pattern}`, line, expires })),
    ...budget.accepted.map(({ site, line, expires }) => ({ what: `accepted ${site}`, line, expires })),
  ].filter(({ expires }) => expires < today);
  const byLine = (a: { readonly line: number }, b: { readonly line: number }) => a.line - b.line;
  return {
    matchNothing: idle.map(({ pattern, line }) => ({ pattern, line })).sort(byLine),
    expired: expired.sort(byLine),
  };
}
