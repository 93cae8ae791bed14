import type { HoldPart } from './result';
import type { TraceView } from './trace-view';

/** What a goroutine did in a window, by state and call, by time falling. Names are full; "" when no stack tells. */
export function holdParts(view: TraceView, goroutine: number, fromNs: number, toNs: number): HoldPart[] {
  const parts = new Map<string, { -readonly [K in keyof HoldPart]: HoldPart[K] }>();
  const add = (state: HoldPart['state'], name: string, ns: number) => {
    const key = `${state} ${name}`;
    const part = parts.get(key) ?? { state, function: name, ns: 0, times: 0 };
    parts.set(key, part);
    part.ns += ns;
    part.times += 1;
  };
  view.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
    const state = view.lane(row);
    if (state === undefined) return;
    const draftedNs = state === 'running' ? view.assistNs(goroutine, startNs, endNs) : 0;
    if (draftedNs > 0) add('gc', '', draftedNs);
    if (endNs - startNs > draftedNs) add(state, view.label(row), endNs - startNs - draftedNs);
  });
  return [...parts.values()].sort((a, b) => b.ns - a.ns || a.function.localeCompare(b.function));
}
