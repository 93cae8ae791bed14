/**
 * A Go function's name with its type arguments written `[...]`, as the text profiles have it, so that
 * `Map[go.shape.int]` of one build and `Map[go.shape.int_0]` of another are one function.
 * Only brackets behind an identifier are type arguments; unbalanced or empty ones stay as they are.
 */
export function goFunctionName(name: string): string {
  if (!name.includes('[')) return name;
  let result = '';
  let copied = 0;
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== '[' || !isIdentifierEnd(name, i)) continue;
    const close = closingBracket(name, i);
    if (close === -1) break;
    if (close > i + 1) {
      result += `${name.slice(copied, i)}[...]`;
      copied = close + 1;
    }
    i = close;
  }
  return result + name.slice(copied);
}

function isIdentifierEnd(name: string, position: number): boolean {
  return /[\p{L}\p{N}_]$/u.test(name.slice(Math.max(0, position - 2), position));
}

function closingBracket(name: string, open: number): number {
  let depth = 0;
  for (let i = open; i < name.length; i++) {
    if (name[i] === '[') depth += 1;
    else if (name[i] === ']') depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}
