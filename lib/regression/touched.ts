import type { ChangedSite } from './comparison';
import type { CompareOptions } from './options';

export type Touched = CompareOptions['touched'];

/** Lines of a function beyond its site's that still count as its own: where it ends is not recorded. */
const reach = 40;

/** True when a recorded path (`/srv/src/shop/config.go`, `example.com/shop/config.go`) is the repository's file. */
export function isInFile(recorded: string, file: string): boolean {
  return file !== '' && (recorded === file || recorded.endsWith(`/${file}`));
}

/**
 * True when the change touched the function that the site stands in, as near as the profile tells where it is: from
 * its first line, else 40 lines above the site, to 40 lines below it.
 */
export function isTouched(site: ChangedSite, startLine: number, touched: Touched): boolean {
  const first = startLine > 0 ? startLine : site.line - reach;
  return touched.some(
    ({ file, lines }) => isInFile(site.file, file) && lines.some((line) => line >= first && line <= site.line + reach),
  );
}
