/** What a key press is called in a shortcut: `j`, `T`, `?`, `Enter`, `mod+k`. */
export function keyName(event: {
  readonly key: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
}): string | undefined {
  if (event.altKey) return undefined;
  if (event.metaKey || event.ctrlKey) return `mod+${event.key.toLowerCase()}`;
  if (event.key === ' ') return 'Space';
  return event.key;
}

/** A sequence of at most two keys: `g o`. `pending` is the first one while the second is awaited. */
export function matchKeys(
  pending: string | undefined,
  key: string,
  known: readonly string[],
): { readonly match: string | undefined; readonly pending: string | undefined } {
  const sequence = pending === undefined ? undefined : `${pending} ${key}`;
  if (sequence !== undefined && known.includes(sequence)) return { match: sequence, pending: undefined };
  if (known.includes(key)) return { match: key, pending: undefined };
  const starts = known.some((keys) => keys.startsWith(`${key} `));
  return { match: undefined, pending: starts ? key : undefined };
}

/** Keys as a person reads them: `⌘K`, `g o`, `↵`. */
export function keyCaps(keys: string): string {
  const names: Readonly<Record<string, string>> = { 'mod+k': '⌘K', Enter: '↵', Escape: 'Esc', Z: '⇧Z' };
  return names[keys] ?? keys;
}
