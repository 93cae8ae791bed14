const compiled = new WeakMap<readonly string[], RegExp>();

/**
 * True when a function is meant by one of the patterns: its full name, the name from the last path element on, or
 * either with `*` for any text (the star of `(*T)` is itself); a pattern that ends in a dot stands for all names it
 * begins. Fast for a list that is passed again.
 */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const known = compiled.get(patterns) ?? new RegExp(`^(?:.*/)?(?:${patterns.map(sourceOf).join('|')})$`, 's');
  compiled.set(patterns, known);
  return known.test(name);
}

function sourceOf(pattern: string): string {
  const glob = pattern.endsWith('.') ? `${pattern}*` : pattern;
  return glob
    .split(/(?<!\()\*/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
}
