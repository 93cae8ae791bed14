import { formatDuration } from '@/lib/units-format';

/**
 * How far back a flight recorder looks beside the scrape interval, in words: a stall is told of by the scrape after it,
 * so that a shorter look-back has lost its beginning by then. `lookBackMs` undefined = the service does not tell.
 */
export function lookBackText(lookBackMs: number | undefined, everyMs: number): string {
  const every = formatDuration(everyMs / 1_000);
  if (lookBackMs === undefined) return `how far the recorder looks back is not told; it has to be longer than ${every}`;
  const back = formatDuration(lookBackMs / 1_000);
  if (lookBackMs > everyMs) return `the recorder looks back ${back}, longer than the ${every} between scrapes`;
  return `the recorder looks back ${back} only, not longer than the ${every} between scrapes: a stall may be gone from it`;
}
