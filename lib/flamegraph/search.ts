import type { FlameNode } from './flame-node';

export interface FrameMatcher {
  readonly matches: (name: string, file: string) => boolean;
  /** Why the text cannot be used, for the person who typed it; then nothing matches. */
  readonly error: string | undefined;
}

export interface SearchResult {
  /** Ids of the nodes found, parents first, left to right. */
  readonly hits: readonly string[];
  /** Value of the hits, a hit below another not counted again. */
  readonly value: number;
}

const none = () => false;

/**
 * Plain text is found anywhere in the name or file, upper or lower case alike; `re:` begins a regular
 * expression. Never throws: a broken expression matches nothing and says why. Empty text matches nothing.
 */
export function frameMatcher(text: string): FrameMatcher {
  if (text.trim() === '') return { matches: none, error: undefined };
  if (!text.startsWith('re:')) {
    const wanted = text.toLowerCase();
    return {
      matches: (name, file) => name.toLowerCase().includes(wanted) || file.toLowerCase().includes(wanted),
      error: undefined,
    };
  }
  const source = text.slice(3);
  if (source === '') return { matches: none, error: undefined };
  try {
    const expression = new RegExp(source, 'i');
    return { matches: (name, file) => expression.test(name) || expression.test(file), error: undefined };
  } catch (error) {
    return { matches: none, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Finds frames; nodes that stand for merged siblings and the root itself are never hits. */
export function searchTree(root: FlameNode, { matches }: FrameMatcher): SearchResult {
  const hits: string[] = [];
  let value = 0;
  const open: { readonly node: FlameNode; readonly covered: boolean }[] = [];
  const push = (node: FlameNode, covered: boolean) => {
    for (const child of node.children.toReversed()) open.push({ node: child, covered });
  };
  push(root, false);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, covered } = next;
    const hit = node.merged === 0 && matches(node.name, node.file);
    if (hit) {
      hits.push(node.id);
      if (!covered) value += node.total;
    }
    push(node, covered || hit);
  }
  return { hits, value };
}
