import parseDiff, { type File } from 'parse-diff';

/** The same for one file's patch as GitHub gives it, beginning with `@@`. */
export function linesOfPatch(patch: string): number[] {
  const [file] = parseDiff(`--- a/file\n+++ b/file\n${patch}\n`);
  return file === undefined ? [] : linesOfFile(file);
}

/**
 * Line numbers, in the new text and rising, that a file's diff adds; a removal counts for the line that came to stand
 * in its place.
 */
export function linesOfFile({ chunks }: File): number[] {
  const lines = new Set<number>();
  for (const { newStart, changes } of chunks) {
    let next = newStart;
    for (const { type, content } of changes) {
      if (content.startsWith('\\')) continue; // "No newline at end of file"
      if (type !== 'normal') lines.add(next);
      if (type !== 'del') next++;
    }
  }
  return [...lines].sort((a, b) => a - b);
}
