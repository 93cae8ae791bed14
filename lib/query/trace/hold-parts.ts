import { type LaneState, laneStates } from '@/lib/locktrace/lane-state';
import type { HoldPart } from './result';
import type { TraceView } from './trace-view';

export interface HoldStretch {
  readonly goroutine: number;
  readonly fromNs: number;
  readonly toNs: number;
  /** Full name of the function that held; "" when it is not known. */
  readonly holder: string;
}

interface Spent {
  readonly state: LaneState;
  ns: number;
  times: number;
}

/**
 * What a goroutine did in a window, by state and call, by time falling. Calls are told apart where the stacks below the
 * function that held part: `QueryRules` and `QueryUsers`, not the wait in the driver that both end in. Names are full;
 * "" when no stack tells.
 */
export function holdParts(view: TraceView, stretch: HoldStretch): HoldPart[] {
  const { byKind, draftedNs, drafts } = spentOf(view, stretch);
  const calls = callsOf(view, [...byKind.keys()], stretch.holder);
  const parts = new Map<string, { -readonly [K in keyof HoldPart]: HoldPart[K] }>();
  const add = (state: LaneState, name: string, ns: number, times: number) => {
    const key = `${state} ${name}`;
    const part = parts.get(key) ?? { state, function: name, ns: 0, times: 0 };
    parts.set(key, part);
    part.ns += ns;
    part.times += times;
  };
  for (const [kind, { state, ns, times }] of byKind) {
    add(state, calls.get(kind) ?? '', ns, times);
  }
  if (draftedNs > 0) add('gc', '', draftedNs, drafts);
  return [...parts.values()].sort((a, b) => b.ns - a.ns || a.function.localeCompare(b.function));
}

/** The state that took most time with its share, and its longest part with the share of that. */
export function mostOf(
  parts: readonly HoldPart[],
): { state: LaneState; share: number; function: string; functionShare: number } | undefined {
  const allNs = parts.reduce((sum, part) => sum + part.ns, 0);
  const byState = laneStates
    .map((state) => {
      const own = parts.filter((part) => part.state === state);
      return { state, ns: own.reduce((sum, part) => sum + part.ns, 0), longest: own[0] };
    })
    .sort((a, b) => b.ns - a.ns);
  const [most] = byState;
  if (most?.longest === undefined) return undefined;
  const { state, ns, longest } = most;
  return { state, share: ns / allNs, function: longest.function, functionShare: longest.ns / allNs };
}

function spentOf(view: TraceView, { goroutine, fromNs, toNs }: HoldStretch) {
  const byKind = new Map<number, Spent>();
  let draftedNs = 0;
  let drafts = 0;
  view.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
    const state = view.lane(row);
    if (state === undefined) return;
    const assistNs = state === 'running' ? view.assistNs(goroutine, startNs, endNs) : 0;
    draftedNs += assistNs;
    drafts += assistNs > 0 ? 1 : 0;
    if (endNs - startNs <= assistNs) return;
    const kind = view.kept.log.kind[row] ?? 0;
    const spent = byKind.get(kind) ?? { state, ns: 0, times: 0 };
    byKind.set(kind, spent);
    spent.ns += endNs - startNs - assistNs;
    spent.times += 1;
  });
  return { byKind, draftedNs, drafts };
}

/** The call that stands for each kind of row, told apart as in `holdParts`. */
export function callsOf(view: TraceView, kinds: readonly number[], holder: string): ReadonlyMap<number, string> {
  const paths = kinds.map((kind) => pathOf(view, kind, holder));
  const shared = sharedLength(paths.filter((path) => path.length > 0));
  const callAt = (path: readonly string[]) => path[Math.min(shared, path.length - 1)];
  return new Map(kinds.map((kind, index) => [kind, callAt(paths[index] ?? []) ?? view.kindLabel(kind)]));
}

/** Calls from the holder's on to where the goroutine waits, outermost first; none when the holder is not on the stack. */
function pathOf(view: TraceView, kind: number, holder: string): string[] {
  const label = view.kindLabel(kind);
  if (label === '' || holder === '') return [];
  const names = view.frames(view.kept.kinds.stack[kind] ?? 0).map((frame) => frame.function);
  const outer = names.indexOf(holder);
  const inner = names.indexOf(label);
  return outer < 0 || inner < 0 || inner > outer ? [] : names.slice(inner, outer + 1).reverse();
}

/** How many calls all paths begin with. */
function sharedLength(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  const parts = first.findIndex((name, depth) => paths.some((path) => path[depth] !== name));
  return parts < 0 ? first.length : parts;
}
