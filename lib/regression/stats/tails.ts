import jstat from 'jstat';

/** Above this, 1 - cdf has too few digits left and the continued fraction has converged. */
const farTail = 4;
const fractionTerms = 80;

/**
 * P(Z > z) of the standard normal, with its relative precision kept in the far tail: there by Laplace's continued
 * fraction (Abramowitz and Stegun 26.2.14), since jStat's cdf ends at 1e-16.
 */
export function normalAbove(z: number): number {
  if (z <= farTail) return jstat.normal.cdf(-z, 0, 1);
  let fraction = z;
  for (let term = fractionTerms; term >= 1; term--) fraction = z + term / fraction;
  return Math.exp((-z * z) / 2) / (Math.sqrt(2 * Math.PI) * fraction);
}

/**
 * P(T > t) of Student's t with `degrees` > 0 (need not be whole): half of I_x(degrees / 2, 1/2) at
 * x = degrees / (degrees + t²) (Abramowitz and Stegun 26.7.1), small values without cancellation.
 */
export function studentAbove(t: number, degrees: number): number {
  if (t === 0) return 0.5;
  const tail = jstat.ibeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? tail : 1 - tail;
}

/** The t that Student's distribution with `degrees` exceeds with probability `p`, 0 < p < 1. */
export function studentQuantileAbove(p: number, degrees: number): number {
  return -jstat.studentt.inv(p, degrees);
}

/** The z that the standard normal exceeds with probability `p`, 0 < p < 1. */
export function normalQuantileAbove(p: number): number {
  return -jstat.normal.inv(p, 0, 1);
}
