import { LockscopeError } from '@/lib/errors';
import type { Trace } from '@/lib/gotrace/trace';

/** How a request is named on the command line and in URLs. */
export type RequestName =
  | { readonly kind: 'task'; readonly id: number }
  | { readonly kind: 'region'; readonly name: string }
  | { readonly kind: 'goroutine'; readonly id: number };

/** A goroutine's stretch of time. */
export interface SlowRequest {
  readonly goroutine: number;
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * Where a request lies: a user task by id, the longest user region of a name, or a goroutine, cut to `range`. Throws
 * `trace.no-request` when the trace has none of that name.
 */
export function findRequest(
  trace: Trace,
  name: RequestName,
  range: { readonly fromNs: number; readonly toNs: number },
): SlowRequest {
  const found = locate(trace, name);
  const fromNs = Math.max(found?.fromNs ?? 0, range.fromNs);
  const toNs = Math.min(found?.toNs ?? 0, range.toNs);
  if (found === undefined || toNs <= fromNs) {
    const what = name.kind === 'region' ? `region "${name.name}"` : `${name.kind} ${name.id}`;
    throw new LockscopeError('trace.no-request', `the trace has no ${what} in that range`);
  }
  return { goroutine: found.goroutine, fromNs, toNs };
}

function locate(
  { tasks, regions, goroutines, symbols, durationNs }: Trace,
  name: RequestName,
): SlowRequest | undefined {
  const bounds = (start: number | undefined, end: number | undefined) => ({
    fromNs: start === undefined || Number.isNaN(start) ? 0 : start,
    toNs: end === undefined || Number.isNaN(end) ? durationNs : end,
  });
  if (name.kind === 'goroutine') {
    const goroutine = goroutines.id.indexOf(name.id);
    return goroutine < 0 ? undefined : { goroutine, fromNs: 0, toNs: durationNs };
  }
  if (name.kind === 'task') {
    const row = tasks.id.indexOf(name.id);
    return row < 0
      ? undefined
      : { goroutine: tasks.goroutine[row] ?? -1, ...bounds(tasks.startNs[row], tasks.endNs[row]) };
  }
  let longest: SlowRequest | undefined;
  for (let row = 0; row < regions.count; row += 1) {
    if (symbols.strings[regions.name[row] ?? 0] !== name.name) continue;
    const found = { goroutine: regions.goroutine[row] ?? -1, ...bounds(regions.startNs[row], regions.endNs[row]) };
    if (longest === undefined || found.toNs - found.fromNs > longest.toNs - longest.fromNs) longest = found;
  }
  return longest;
}
