import type { Comparison } from './comparison';
import { median } from './stats/spread';
import type { Domain, Tested } from './tested';

interface Judged {
  readonly tested: Tested;
  readonly minimalRatio: number | null;
}

/** The median of what the tested sites would have shown, by domain; null where more than half cannot tell, or none is. */
export function blindBelow(judged: readonly Judged[]): Comparison['blindBelowRatio'] {
  const of = (domain: Domain) => {
    const ratios = judged.filter(({ tested }) => tested.primary && tested.domain === domain);
    const typical = median(ratios.map(({ minimalRatio }) => minimalRatio ?? Number.POSITIVE_INFINITY));
    return typical === undefined || !Number.isFinite(typical) ? null : typical;
  };
  return { lock: of('lock'), cpu: of('cpu'), time: of('time') };
}
