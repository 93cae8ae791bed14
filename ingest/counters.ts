import type { ReadProfile } from './profile-reader';
import type { WriteOutcome } from './store-profile';

/** What happened to profiles since the start: nothing is refused, dropped or cut without a number here. */
export interface Counters {
  stored(profile: ReadProfile, outcome: WriteOutcome): void;
  /** One request refused; `code` is the error's. */
  refused(code: string): void;
  read(): Record<string, number>;
}

export function createCounters(): Counters {
  const counts: Record<string, number> = {
    profiles: 0,
    windows: 0,
    duplicates: 0,
    assumed_windows: 0,
    sample_labels_merged: 0,
    stacks_truncated: 0,
    stacks_cut: 0,
    negative_values: 0,
  };
  const add = (name: string, amount: number) => {
    if (amount > 0) counts[name] = (counts[name] ?? 0) + amount;
  };
  return {
    stored({ leftOut, assumedWindow }, outcome) {
      add('profiles', 1);
      add('windows', outcome.stored);
      add('duplicates', outcome.duplicates);
      add('assumed_windows', assumedWindow ? 1 : 0);
      add('sample_labels_merged', leftOut.sampleLabels);
      add('stacks_truncated', leftOut.stacks);
      add('stacks_cut', leftOut.deepStacks);
      add('negative_values', leftOut.negative);
    },
    refused(code) {
      add(`refused:${code}`, 1);
    },
    read: () => ({ ...counts }),
  };
}
