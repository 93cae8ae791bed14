import { describe, test } from 'vitest';
import { withStore } from './engine';
import { sampleCases } from './samples';

for (const engine of ['memory', 'sqlite'] as const) {
  describe(`samples in ${engine}`, () => {
    for (const { number, title, not, run } of sampleCases) {
      const reason = not?.[engine];
      if (reason === undefined) test(`${number}: ${title}`, { timeout: 120_000 }, () => withStore(engine, run));
      else test.skip(`${number}: ${title} (not here: ${reason})`, () => undefined);
    }
  });
}
