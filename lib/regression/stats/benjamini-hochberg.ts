/**
 * The q-value of each p-value, in the order given: the least false discovery rate at which it would be rejected
 * (Benjamini and Hochberg 1995; q_i = min over j ≥ i of m p_(j) / j, at most 1). One call is one family: whatever is
 * left out must have been left out without looking at the p-values. O(m log m).
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => (p[a] ?? 1) - (p[b] ?? 1));
  const q = new Array<number>(p.length).fill(1);
  let least = 1;
  for (let rank = p.length; rank >= 1; rank--) {
    const index = order[rank - 1] ?? 0;
    least = Math.min(least, ((p[index] ?? 1) * p.length) / rank);
    q[index] = least;
  }
  return q;
}
