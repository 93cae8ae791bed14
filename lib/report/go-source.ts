/**
 * Reads the critical section around a lock call in Go source text, by lines and without a parser: enough to show
 * the lines and to name a field, and honest when the text does not fit the profile.
 */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
  /** The lock is held here as far as the text tells. */
  readonly held: boolean;
  readonly site: boolean;
  /** Calls something that may wait for a disk, a network or a clock. */
  readonly mayDoIo: boolean;
}

const lockCall = /(?:^|[^\w.])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.(R?Lock|R?Unlock|TryR?Lock)\(\)/;
const mayWait =
  /\btime\.Sleep\(|\bhttp\.(?:Get|Post|PostForm|Head)\(|\.Do\(req|\bnet\.(?:Dial|Listen)|\bos\.(?:Open|Create|ReadFile|WriteFile)|\.(?:Query|QueryRow|Exec|Ping|Begin)(?:Context|Tx)?\(|\bdb\.\w+\(|\.Query\w+\(/;

/** The function around a 1-based line: first and last line, 1-based; undefined outside of any. */
export function functionAround(
  lines: readonly string[],
  line: number,
): { readonly first: number; readonly last: number } | undefined {
  const before = lines.slice(0, line).findLastIndex((text) => /^func\b/.test(text));
  if (before < 0) return undefined;
  const end = lines.findIndex((text, at) => at >= before && (text.startsWith('}') || /^func\b.*\}\s*$/.test(text)));
  return end < 0 || end + 1 < line ? undefined : { first: before + 1, last: end + 1 };
}

/** Field of the lock operated on in this line: `mu` of `m.mu.RLock()`; undefined for none or an embedded lock. */
export function lockField(text: string): string | undefined {
  const [, expression] = lockCall.exec(withoutComment(text)) ?? [];
  const parts = expression?.split('.') ?? [];
  return parts.length >= 2 ? parts.at(-1) : undefined;
}

/**
 * The one field that the lines at the sites name, or else the functions around them; undefined when there is none
 * or more than one.
 */
export function onlyField(atSites: readonly string[], around: readonly string[]): string | undefined {
  for (const lines of [atSites, around]) {
    const fields = new Set(lines.flatMap((text) => lockField(text) ?? []));
    if (fields.size === 1) return [...fields][0];
    if (fields.size > 1) return undefined;
  }
  return undefined;
}

/** Whether the text fits the profile: the function around the line calls Lock or Unlock at all. */
export function mentionsLock(lines: readonly string[], at: { readonly first: number; readonly last: number }): boolean {
  return lines.slice(at.first - 1, at.last).some((text) => lockCall.test(withoutComment(text)));
}

/** Lines of a function with what is known of each; a deferred unlock holds to the end. */
export function sectionLines(
  lines: readonly string[],
  at: { readonly first: number; readonly last: number },
  site: number,
): SourceLine[] {
  let held = false;
  return lines.slice(at.first - 1, at.last).map((text, index) => {
    const number = at.first + index;
    const [, , operation] = lockCall.exec(withoutComment(text)) ?? [];
    const deferred = /^\s*defer\b/.test(text);
    if (operation === 'Lock' || operation === 'RLock') held = true;
    const line = { number, text, held: held && number < at.last, site: number === site, mayDoIo: mayWait.test(text) };
    if (operation?.endsWith('Unlock') === true && !deferred) held = false;
    return line;
  });
}

function withoutComment(text: string): string {
  return text.replace(/\/\/.*$/, '');
}
