/**
 * Labelings of n + m distinct ranks with each U from 0 to n m: coefficients of the Gaussian binomial, by the product
 * Π (1 - q^(m + i)) / (1 - q^i). Whole numbers below 2^53 for 20 and 20. O(n² m).
 */
export function labelingsByU(n: number, m: number): Float64Array {
  const ways = new Float64Array(n * m + 1);
  ways[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let u = ways.length - 1; u >= m + i; u--) ways[u] = (ways[u] ?? 0) - (ways[u - m - i] ?? 0);
    for (let u = i; u < ways.length; u++) ways[u] = (ways[u] ?? 0) + (ways[u - i] ?? 0);
  }
  return ways;
}
