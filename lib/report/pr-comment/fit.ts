/** GitHub refuses bodies above 65,536 characters; the rest of a comment may grow by what others append. */
export const commentBudget = 60_000;

/** What a comment may lose, in the order in which it does. */
export const sheddable = [
  'every tested site',
  'what got better',
  'suspicious changes',
  'rows beyond 5',
  'all details',
] as const;
export type Sheddable = (typeof sheddable)[number];

/**
 * The text that fits into a budget of UTF-16 units: `render` is asked with ever more parts shed, in the fixed order.
 * When even the shortest is too long it is cut at the end of a line, outside code fences.
 */
export function fitted(
  render: (shed: ReadonlySet<Sheddable>) => string,
  budget: number,
): { readonly text: string; readonly shed: readonly Sheddable[]; readonly cut: boolean } {
  for (let count = 0; count <= sheddable.length; count++) {
    const shed = sheddable.slice(0, count);
    const text = render(new Set(shed));
    if (text.length <= budget) return { text, shed, cut: false };
  }
  return { text: cutAtLine(render(new Set(sheddable)), budget), shed: sheddable, cut: true };
}

const cutNote = '\n\n… cut: too long for a comment.\n';

/** The longest run of whole lines within the budget that leaves no code fence or fold open, and a line that says so. */
export function cutAtLine(text: string, budget: number): string {
  if (text.length <= budget) return text;
  let length = 0;
  let safe = 0;
  let fenced = false;
  let folds = 0;
  for (const line of text.split('\n')) {
    if (/^```/.test(line)) fenced = !fenced;
    folds += (line.match(/<details>/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    length += line.length + 1;
    if (length - 1 > budget - cutNote.length) break;
    if (!fenced && folds === 0) safe = length - 1;
  }
  return text.slice(0, safe) + cutNote;
}
