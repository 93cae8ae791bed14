/**
 * A sentence for a person: text with marked parts, so that pages emphasise what plain text only says.
 * `code` is a name from the program, `strong` stands out, `alarm` is the number the sentence is about.
 */
export type Part = string | { readonly as: 'code' | 'strong' | 'alarm'; readonly text: string };
export type Sentence = readonly Part[];

export const code = (text: string): Part => ({ as: 'code', text });
export const strong = (text: string): Part => ({ as: 'strong', text });
export const alarm = (text: string): Part => ({ as: 'alarm', text });

/** The sentence as plain text. */
export function plainText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}
