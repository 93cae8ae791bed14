import { RE2JS } from 're2js';
import { LockscopeError } from '@/lib/errors';
import type { ProfileType } from '@/lib/profile/profile-type';
import { type Labels, labelValue, type Matcher, type Selection, type TypeMatcher } from '@/lib/selection/selection';

// RE2 takes time linear in the pattern and the value, so a pattern from a URL cannot hang a reader; its size still is capped.
const longestPattern = 1_024;

/**
 * One test for all matchers: true when labels satisfy each. A missing label equals "". Regular expressions are
 * anchored, `.` matches a newline, `(?i)` at the start ignores case. Throws `store.matcher` for a bad one.
 */
export function compileMatchers(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: compileMatcher(matcher) }));
  return (labels) => tests.every(({ name, test }) => test(labelValue(labels, name)));
}

function compileMatcher(matcher: Matcher): (value: string) => boolean {
  switch (matcher.op) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
      return compileRegExp(matcher);
    case '!~': {
      const matches = compileRegExp(matcher);
      return (value) => !matches(value);
    }
  }
}

function compileRegExp(matcher: Matcher): (value: string) => boolean {
  const refuse = (reason: string, cause?: unknown) =>
    new LockscopeError('store.matcher', `${matcher.name}${matcher.op}${JSON.stringify(matcher.value)}: ${reason}`, {
      place: `matcher ${matcher.name}`,
      cause,
    });
  if (matcher.value.length > longestPattern) throw refuse(`longer than ${longestPattern} characters`);
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(matcher.value, RE2JS.DOTALL);
  } catch (error) {
    throw refuse('no regular expression (RE2 syntax)', error);
  }
  const known = new Map<string, boolean>();
  return (value) => {
    let matches = known.get(value);
    if (matches === undefined) {
      matches = expression.matches(value);
      known.set(value, matches);
    }
    return matches;
  };
}

export function matchesType(matcher: TypeMatcher, type: ProfileType): boolean {
  return (
    (matcher.name === undefined || matcher.name === type.name) &&
    (matcher.sampleType === undefined || matcher.sampleType === type.sampleType)
  );
}

/** A test for series of a selection, time left aside. Throws `store.matcher`. */
export function compileSelection(
  selection: Selection,
): (series: { readonly type: ProfileType; readonly labels: Labels }) => boolean {
  const matches = compileMatchers(selection.matchers);
  return (series) => matchesType(selection.type, series.type) && matches(series.labels);
}
