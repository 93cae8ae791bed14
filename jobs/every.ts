import type { Job } from '@/jobs/job';
import { errorMessage } from '@/lib/errors';

export interface RunFacts {
  runs: number;
  failures: number;
  lastError: string | undefined;
}

/** A job that does `work` after `firstMs`, then after each pause of `everyMs`; a failure is printed, counted and tried again next time. */
export function every(
  name: string,
  everyMs: number,
  work: () => Promise<void>,
  firstMs = everyMs,
): Job & { readonly facts: Readonly<RunFacts> } {
  const facts: RunFacts = { runs: 0, failures: 0, lastError: undefined };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;

  const run = async () => {
    facts.runs++;
    try {
      await work();
      facts.lastError = undefined;
    } catch (error) {
      facts.failures++;
      facts.lastError = errorMessage(error);
      console.error(`${name} failed: ${facts.lastError}`);
    }
    schedule(everyMs);
  };
  const schedule = (pauseMs: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = run();
    }, pauseMs);
  };
  return {
    name,
    facts,
    start() {
      if (!stopped) return;
      stopped = false;
      schedule(firstMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
