/**
 * Text of others inside Markdown: a fork chooses the names of its functions, benchmarks, branches and suites. What could
 * end a code span or a table cell, mention a person, refer to an issue, become a link or turn text around is replaced by
 * a character that looks like it; GitHub finds mentions in rendered text, where a backslash does not help.
 */
const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/\r\n|[\n\r\u2028\u2029]/g, ' ⏎ '],
  // Control characters, marks that change the direction of text, what has no width, halves of a pair.
  [/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '\ufffd'],
  [/`/g, 'ˋ'],
  [/\|/g, '∣'],
  [/</g, '‹'],
  [/>/g, '›'],
  [/@/g, '＠'],
  [/#/g, '＃'],
  [/&/g, '＆'],
  [/:\/\//g, '∶//'],
  [/www\./gi, 'www․'],
  [/GH-(?=\d)/gi, 'GH‑'],
];

const longestName = 120;
const longestText = 600;

/** A name as a code span, the middle cut out of one longer than 120 characters. Never empty. */
export function codeSpan(name: string): string {
  const safe = neutral(name).trim();
  const points = [...safe];
  const cut =
    points.length <= longestName
      ? safe
      : `${points.slice(0, 40).join('')}…${points.slice(-(longestName - 41)).join('')}`;
  return `\`${cut === '' ? ' ' : cut}\``;
}

/** Text within a paragraph or a cell: nothing in it is markup, a link or a mention. Cut after 600 characters. */
export function plainMarkdown(text: string): string {
  const points = [...neutral(text)];
  const cut = points.length <= longestText ? points.join('') : `${points.slice(0, longestText - 1).join('')}…`;
  return cut.replace(/[\\*_~[\]!]/g, '\\$&');
}

/**
 * A link with text of ours; the text alone when the address is not http or https. Addresses come from configuration,
 * but may hold names from a pull request.
 */
export function linkTo(text: string, url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return text;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return text;
  const address = parsed.href.replace(
    /[()<>|`\\*_~[\]!@\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return `[${text}](${address})`;
}

function neutral(text: string): string {
  return lookAlikes.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), text);
}
