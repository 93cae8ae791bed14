import { bareName } from '@/lib/profile/function-name';
import type { FlameNode, LocksResult } from '@/lib/query/result';
import { formatShare } from '@/lib/units-format';
import { alarm, code, type Sentence } from './sentence';

interface Column {
  readonly id: string;
  readonly name: string;
  readonly waited: number;
}

/** First sentence of the mirror: how much of the waiting at locks one lock has, who waits there and who releases it. */
export function mirrorSentence(columns: readonly Column[], locks: LocksResult['locks']): Sentence {
  const [first] = [...columns].sort((a, b) => b.waited - a.waited);
  const total = columns.reduce((sum, { waited }) => sum + waited, 0);
  if (first === undefined || total === 0) return ['No goroutine waited at a lock in this range.'];
  const entry = locks.find(({ lock }) => lock.id === first.id);
  const waiter = entry?.lock.waiters[0]?.site.function;
  const holder = entry?.lock.link === 'Unlinked' ? undefined : entry?.lock.holders[0]?.site.function;
  return [
    alarm(formatShare(first.waited / total)),
    ' of the waiting at locks is at ',
    code(first.name),
    ...(waiter === undefined ? [] : [': ', code(bareName(waiter)), ' waits']),
    ...(holder === undefined ? [] : [', ', code(bareName(holder)), ' releases']),
    '.',
  ];
}

/** First sentence of a sandwich: what part of the whole passes the function, and who calls it most. */
export function sandwichSentence(callers: FlameNode, whole: number, what: string): Sentence {
  const name = code(bareName(callers.name));
  if (callers.total === 0) return [name, ` has no part of ${what} in this range.`];
  const [most] = callers.children.filter(({ merged }) => merged === 0);
  const share = whole > 0 ? callers.total / whole : 0;
  return [
    alarm(formatShare(share)),
    ` of ${what} passes `,
    name,
    ...(most === undefined
      ? []
      : [', most of it called by ', code(bareName(most.name)), ` (${formatShare(most.total / callers.total)})`]),
    '.',
  ];
}

/**
 * First sentence of a single graph: the deepest frame of the program that more than half of the value passes, else
 * its widest path. `what` is the value in words, `the CPU time`; frames that are `internal` are never named. In a
 * tree of callers (`inverted`) the outermost frame is where the value arises, so that one is named.
 */
export function pathSentence(
  root: FlameNode,
  what: string,
  internal: (name: string) => boolean,
  inverted = false,
): Sentence {
  if (root.total === 0) return [`There is no ${what.replace(/^the /, '')} in this range.`];
  const widest = widestNamed(root, internal);
  const node = inverted ? widest : deepestNamed(widest, internal);
  if (node === undefined) return [`No frame of the program has a visible part of ${what}.`];
  const share = formatShare(node.total / root.total);
  if (node.total > root.total / 2) return [alarm(share), ` of ${what} passes `, code(bareName(node.name)), '.'];
  return [`No path has half of ${what}; the widest, `, code(bareName(node.name)), `, has ${share}.`];
}

/** The largest node, internal ones seen through. */
function widestNamed(root: FlameNode, internal: (name: string) => boolean): FlameNode | undefined {
  let widest: FlameNode | undefined;
  const open = [...root.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.merged > 0 || node.total <= (widest?.total ?? 0)) continue;
    if (internal(node.name)) open.push(...node.children);
    else widest = node;
  }
  return widest;
}

/** Down from a node as long as one child has nearly all of it. */
function deepestNamed(from: FlameNode | undefined, internal: (name: string) => boolean): FlameNode | undefined {
  let node = from;
  for (let next = node; next !== undefined; ) {
    const most = next.total * 0.8;
    next = next.children.find(({ merged, total }) => merged === 0 && total > most);
    if (next !== undefined && !internal(next.name)) node = next;
  }
  return node;
}
