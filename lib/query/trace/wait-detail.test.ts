import { expect, test } from 'vitest';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { searchTrace } from './search';
import { waitDetail } from './wait-detail';

const names = ['truth-go1.26', 'recorder-go1.26', 'eight-locks-go1.26', 'locks-go1.22', 'locks-go1.26'];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test.each(names)('%s: every chain begins with its wait, names the holder, and ends', (name) => {
  const { view } = recordedTrace(name);
  for (let wait = 0; wait < view.kept.waits.count; wait += 1) {
    const { chain, chainCut, hold, goroutine, unblocker } = waitDetail(view, wait);
    expect(chain[0]?.wait).toBe(wait);
    expect(chain[0]?.goroutine).toBe(goroutine);
    const waits = chain.flatMap((link) => link.wait ?? []);
    expect(new Set(waits).size).toBe(waits.length);
    expect(waits.length).toBeLessThanOrEqual(32);
    if (chainCut) expect(waits.length).toBe(32);
    if (hold !== undefined) expect(chain[1]?.goroutine).toBe(hold.goroutine);
    else if (unblocker !== undefined) expect(chain[1]?.goroutine).toBe(unblocker.goroutine);
  }
});

test.each(names)('%s: what a holder did adds up to the certain part of the hold', (name) => {
  const { view } = recordedTrace(name);
  let holds = 0;
  for (const { wait } of searchTrace(view, 'state:lock').rows) {
    const { hold } = waitDetail(view, wait ?? -1);
    if (hold === undefined) continue;
    expect(sum(hold.parts.map(({ ns }) => ns))).toBeCloseTo(hold.endNs - hold.certainNs, 0);
    expect(sum(Object.values(hold.doing))).toBeCloseTo(hold.endNs - hold.certainNs, 0);
    holds += 1;
  }
  expect(holds).toBeGreaterThan(0);
});

test('the longest wait for a write lock names both stacks and what the writer did', () => {
  const { view } = recordedTrace('truth-go1.26');
  const longest = searchTrace(view, 'state:rlock').rows[0]?.wait ?? -1;
  const { stack, unblocker, hold, lockId } = waitDetail(view, longest);
  expect(stack.map((frame) => frame.function)).toContain('main.reader');
  expect(unblocker?.stack.map((frame) => frame.function)).toContain('sync.(*RWMutex).Unlock');
  expect(hold?.stack.map((frame) => frame.function)).toContain('main.writer');
  expect(hold?.mode).toBe('write');
  expect(hold?.parts[0]?.function).toBe('main.writer');
  expect(view.lockNumber(lockId)).toBeDefined();
});

test('a number that is no wait is refused', () => {
  const { view } = recordedTrace('truth-go1.26');
  for (const wait of [-1, 0.5, view.kept.waits.count])
    expect(() => waitDetail(view, wait)).toThrow(expect.objectContaining({ code: 'trace.no-wait' }));
});
