/** Pages without a time range and filters: what they show has no time, or all of it. */
const timeless = /^\/(?:settings|connect|login|uploads|traces)(?:\/|$)/;

/** True for the paths of pages that show a part of the stored data: a range, a filter and a unit change what they say. */
export function hasView(path: string): boolean {
  return !timeless.test(path);
}
