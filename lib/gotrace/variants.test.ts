import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printedLives, printedRow } from '@/tests/support/printed-trace';
import { withoutGenerations, withShiftedThreads, withSmallBatches } from '@/tests/support/trace-variants';
import { readTrace, writeEvents } from './read-trace';
import { bufferSource } from './source';
import { goCause, type Trace } from './trace';

const folder = 'tests/fixtures/gotrace/traces';
const names = readdirSync(folder).filter((name) => !name.includes('1.21'));
const fixture = (name: string): Uint8Array => readFileSync(`${folder}/${name}`);
const read = (bytes: Uint8Array): Trace => readTrace(bufferSource(bytes));
const eventsOf = (bytes: Uint8Array): string => {
  const lines: string[] = [];
  writeEvents(bufferSource(bytes), (line) => lines.push(line));
  return lines.join('\n');
};

describe.each(names)('%s', (name) => {
  test('has the same lives of goroutines when the clocks of threads differ by up to 20 µs', () => {
    const whole = read(fixture(name));
    const shifted = read(withShiftedThreads(fixture(name), (thread) => ((thread * 7_919) % 625) - 312));
    expect(shifted.lost).toEqual([]);
    expect(shifted.log.timeNs).not.toEqual(whole.log.timeNs);
    expect(printedLives(shifted)).toEqual(printedLives(whole));
    // 2 x 312 units of 64 ns, and what the file has by itself.
    expect(shifted.backwards?.largestNs).toBeLessThanOrEqual(624 * 64 + (whole.backwards?.largestNs ?? 0));
  });

  test('has the same events when its batches are cut up', () => {
    expect(eventsOf(withSmallBatches(fixture(name), 5))).toBe(eventsOf(fixture(name)));
  });

  test('has the same transitions behind the cut when its first generations are left out', () => {
    const bytes = fixture(name);
    const whole = read(bytes);
    for (const [index, { offset }] of whole.generations.entries()) {
      if (index === 0) continue;
      const rowsBefore = read(bytes.subarray(0, offset)).log.count;
      const later = read(withoutGenerations(bytes, index));
      expect(later.generations.length).toBe(whole.generations.length - index);
      expect(transitionsOf(later, 0)).toBe(transitionsOf(whole, rowsBefore));
    }
  });
});

/** From a row on, without statuses, which only the first generation of a file needs; times since the first of them. */
function transitionsOf(trace: Trace, fromRow: number): string {
  const { log, goroutines } = trace;
  const lines: string[] = [];
  let startNs: number | undefined;
  for (let row = fromRow; row < log.count; row += 1) {
    if (log.cause[row] === goCause.status) continue;
    const timeNs = log.timeNs[row] ?? 0;
    startNs ??= timeNs;
    const g = goroutines.id[log.goroutine[row] ?? 0];
    lines.push(`${Math.round(timeNs - startNs)} g${g} ${printedRow(trace, row)}`);
  }
  return lines.join('\n');
}
