import parseDiff from 'parse-diff';
import type { CiMeta } from './ci-meta';

/**
 * Lines that a patch without context adds or changes, and the line after what it takes away, by file from the module's
 * folder: what the profiles' paths end in. Only Go files, in the patch's order.
 */
export function touchedLines(patch: string, prefix: string): CiMeta['touched'] {
  return parseDiff(patch).flatMap(({ to, chunks }) => {
    if (to === undefined || !to.endsWith('.go') || !to.startsWith(prefix)) return [];
    const lines = chunks.flatMap(({ newStart, newLines }) =>
      // `+12,0` means that lines were taken away after line 12.
      newLines === 0 ? [newStart + 1] : Array.from({ length: newLines }, (_, i) => newStart + i),
    );
    return lines.length === 0 ? [] : [{ file: to.slice(prefix.length), lines }];
  });
}
