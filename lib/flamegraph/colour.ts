import { packageOf } from '@/lib/profile/function-name';
import type { FlameNode } from './flame-node';
import { originOf } from './origin';
import { hashText } from './path-hash';

/** What a frame's colour stands for; the stylesheet turns the word into a fill for light and dark. */
export type FrameColour = 'root' | 'other' | 'grey' | `own-${number}` | `module-${number}` | `reason-${WaitReason}`;

export type WaitReason = 'rlock' | 'wlock' | 'mutex' | 'chan' | 'select' | 'cond' | 'io' | 'running';

export const packageHues = 12;

/** By package: own packages in full colours, modules muted, the standard library and the runtime grey. */
export function packageColour(node: FlameNode): FrameColour {
  if (node.merged > 0) return 'other';
  const hue = hashText(packageOf(node.name)).high % packageHues;
  switch (originOf(node.name, node.file)) {
    case 'own':
      return `own-${hue}`;
    case 'module':
      return `module-${hue}`;
    case 'standard':
    case 'runtime':
      return 'grey';
  }
}

// Leaf functions as go-lock-profiles names them per construct; the first that matches decides.
const reasons: readonly (readonly [WaitReason, RegExp])[] = [
  ['rlock', /^sync\.\(\*RWMutex\)\.(?:RLock|RUnlock)$/],
  ['wlock', /^sync\.\(\*RWMutex\)\.(?:Lock|Unlock)$/],
  ['mutex', /^(?:internal\/)?sync\.\(\*(?:Mutex|Once|Map|Pool|HashTrieMap)(?:\[.*\])?\)\./],
  ['cond', /^sync\.\(\*(?:Cond|WaitGroup)\)\.|semacquire/],
  ['chan', /^runtime\.(?:chansend1?|chanrecv[12]?)$/],
  ['select', /^runtime\.(?:selectgo|block)$/],
  ['io', /^(?:internal\/poll|syscall|runtime\/internal\/syscall|internal\/runtime\/syscall)\.|netpoll/],
];

/** Why stacks through a node wait, told by most of their value; `running` when no leaf is a known wait. */
export function reasonColours(root: FlameNode): ReadonlyMap<string, FrameColour> {
  const colours = new Map<string, FrameColour>();

  function visit(node: FlameNode, above: WaitReason | undefined): Map<WaitReason, number> {
    const own = reasonOf(node.name) ?? above;
    const sums = new Map<WaitReason, number>([[own ?? 'running', node.self]]);
    for (const child of node.children) {
      for (const [reason, value] of visit(child, own)) sums.set(reason, (sums.get(reason) ?? 0) + value);
    }
    const [most] = [...sums].sort((a, b) => b[1] - a[1]);
    colours.set(node.id, node.merged > 0 ? 'other' : `reason-${most?.[0] ?? 'running'}`);
    return sums;
  }

  visit(root, undefined);
  return colours;
}

function reasonOf(name: string): WaitReason | undefined {
  return reasons.find(([, pattern]) => pattern.test(name))?.[0];
}

export const reasonNames: Readonly<Record<WaitReason, string>> = {
  rlock: 'read lock',
  wlock: 'write lock',
  mutex: 'mutex',
  chan: 'channel',
  select: 'select',
  cond: 'Cond, WaitGroup',
  io: 'I/O',
  running: 'not a wait',
};
