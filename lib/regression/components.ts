/** Nodes that `linked` joins, directly or over others; components and their nodes in the order given. O(n²) links. */
export function componentsOf<Node>(nodes: readonly Node[], linked: (a: Node, b: Node) => boolean): Node[][] {
  const components: Node[][] = [];
  const left = new Set(nodes);
  for (const seed of nodes) {
    if (!left.delete(seed)) continue;
    const component = [seed];
    // The list grows while it is walked: each node finds its own neighbours once.
    for (const node of component) {
      for (const other of left) {
        if (!linked(node, other)) continue;
        left.delete(other);
        component.push(other);
      }
    }
    components.push(nodes.filter((node) => component.includes(node)));
  }
  return components;
}
