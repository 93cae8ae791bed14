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

/**
 * First sentence of a single graph: the deepest frame that more than half of the value passes, or that there is
 * none. `what` is the value in words: "the CPU time".
 */
export function pathSentence(root: FlameNode, what: string): Sentence {
  if (root.total === 0) return [`There is no ${what.replace(/^the /, '')} in this range.`];
  let node = root;
  for (let next = largest(node); next !== undefined && next.total > root.total / 2; next = largest(node)) node = next;
  if (node !== root) {
    return [alarm(formatShare(node.total / root.total)), ` of ${what} passes `, code(bareName(node.name)), '.'];
  }
  const widest = largest(root);
  if (widest === undefined) return [`No frame of ${what} is wide enough to be named.`];
  return [
    `No path has half of ${what}; the widest, `,
    code(bareName(widest.name)),
    `, has ${formatShare(widest.total / root.total)}.`,
  ];
}

function largest(node: FlameNode): FlameNode | undefined {
  return node.children.filter(({ merged }) => merged === 0).toSorted((a, b) => b.total - a.total)[0];
}
