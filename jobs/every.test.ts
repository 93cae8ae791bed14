import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every } from '@/jobs/every';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('runs once per pause, counts failures and goes on', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  let runs = 0;
  const job = every('roll-up', 1_000, async () => {
    if (++runs === 2) throw new Error('disk');
  });
  job.start();
  job.start();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(job.facts).toMatchObject({ runs: 2, failures: 1, lastError: 'disk' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(job.facts).toMatchObject({ runs: 3, failures: 1, lastError: undefined });
  await job.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toBe(3);
  printed.mockRestore();
});

test('stop waits for the work under way', async () => {
  let done = false;
  const job = every('slow', 1_000, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    done = true;
  });
  job.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const stopping = job.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopping;
  expect(done).toBe(true);
});
