import type { Budget } from '@/lib/budget/budget';
import { acceptedOn, rulesOfFunction } from '@/lib/budget/rules-of-function';
import { matchesAny } from '@/lib/contention/function-pattern';
import type { Deciding } from './compare-arms';

/**
 * How a comparison decides under a budget on a day (`YYYY-MM-DD`, UTC); `q` is its false discovery rate when no second
 * look is possible.
 */
export function decidingOf(budget: Budget, today: string, q: number = budget.q): Omit<Deciding, 'touched'> {
  return {
    q,
    gates: {
      ...(budget.gates.lock === undefined ? {} : { lock: budget.gates.lock }),
      ...(budget.gates.cpu === undefined ? {} : { cpu: budget.gates.cpu }),
      ...(budget.gates.time === undefined ? {} : { time: budget.gates.time }),
    },
    acknowledged: acceptedOn(budget, today).map(({ site, metric, level, reason, by }) => ({
      site,
      metric,
      level,
      reason: by === undefined ? reason : `${reason}, ${by}`,
    })),
    ruleOf: (name) => {
      const { gate, ignored } = rulesOfFunction(budget, name, today, matchesAny);
      return {
        gate,
        ignored: ignored === undefined ? undefined : `${ignored.reason} (until ${ignored.expires})`,
      };
    },
  };
}

/** Shares of a false discovery rate for the first and the second look: together no more than all of it. */
export function splitRate(q: number): readonly [number, number] {
  return [q * 0.4, q * 0.6];
}
