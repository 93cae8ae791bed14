import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LockscopeError } from '@/lib/errors';
import { headerBytes } from './header';
import { readTrace } from './read-trace';
import { bufferSource } from './source';
import type { Trace, TransitionLog } from './trace';

const folder = 'tests/fixtures/gotrace/traces';
const names = readdirSync(folder).filter((name) => !name.includes('1.21'));
const fixture = (name: string): Uint8Array => readFileSync(`${folder}/${name}`);

/** The trace, or the error that tells that nothing of it can be read. Anything else that is thrown fails the test. */
function outcome(bytes: Uint8Array): Trace | LockscopeError {
  try {
    return readTrace(bufferSource(bytes));
  } catch (error) {
    if (error instanceof LockscopeError && error.code.startsWith('gotrace.')) return error;
    throw error;
  }
}

/** What must hold of any trace that was read from `size` bytes, damaged or not. */
function checkWhole(trace: Trace, size: number): void {
  const { generations, lost, log, goroutines, durationNs } = trace;
  const stretches = [...generations, ...lost].sort((a, b) => a.offset - b.offset);
  let end = headerBytes;
  for (const { offset, bytes } of stretches) {
    expect(offset).toBe(end);
    end = offset + bytes;
  }
  expect(end).toBe(size);
  let linked = 0;
  for (let g = 0; g < goroutines.count; g += 1) {
    for (let row = goroutines.firstRow[g] ?? -1; row !== -1; row = log.next[row] ?? -1) {
      if (log.goroutine[row] !== g) throw new Error(`row ${row} is linked to goroutine ${g}`);
      linked += 1;
    }
  }
  expect(linked).toBe(log.count);
  expect(log.timeNs.every((timeNs) => timeNs <= durationNs)).toBe(true);
  for (const { code, message } of lost)
    expect([code.startsWith('gotrace.'), message]).toEqual([true, expect.anything()]);
}

const columns = ['timeNs', 'goroutine', 'state', 'cause', 'reason', 'stack', 'by'] as const;

function sameRows(a: TransitionLog, b: TransitionLog, count: number): boolean {
  return columns.every((name) => {
    const [one, other] = [a[name].subarray(0, count), b[name].subarray(0, count)].map((column) =>
      Buffer.from(column.buffer, column.byteOffset, column.byteLength),
    );
    return one !== undefined && other !== undefined && one.equals(other);
  });
}

describe.each(names)('%s', (name) => {
  const bytes = fixture(name);
  const whole = readTrace(bufferSource(bytes));
  /** Rows and end of what is read when only so many generations are there. */
  const prefixes = whole.generations.map(({ offset, bytes: length }) => {
    const { log } = readTrace(bufferSource(bytes.subarray(0, offset + length)));
    return { end: offset + length, rows: log.count };
  });

  test('cut at every 1,000th byte, its whole generations are those of the whole file, the rest is told', () => {
    for (let size = 1_000; size < bytes.length; size += 1_000) {
      const cut = outcome(bytes.subarray(0, size));
      const complete = prefixes.filter(({ end }) => end <= size);
      if (cut instanceof LockscopeError) {
        // Between two batches nothing tells the cut but what is missing.
        expect([size, complete.length]).toEqual([size, 0]);
        expect(cut.code).toMatch(/^gotrace\.(truncated|missing|order)$/);
        continue;
      }
      checkWhole(cut, size);
      expect([size, cut.events > 0]).toEqual([size, true]);
      expect(cut.generations.slice(0, complete.length)).toEqual(whole.generations.slice(0, complete.length));
      expect(cut.lost.length).toBeGreaterThan(0);
      const rows = complete.at(-1)?.rows ?? 0;
      expect(sameRows(cut.log, whole.log, rows)).toBe(true);
    }
  }, 120_000);
});

/** Mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each([
  ['gens-go1.26.trace', 2_000],
  ['locks-go1.22.trace', 100],
  ['locks-go1.25.trace', 100],
  ['recorder-go1.26.trace', 100],
])(
  '%s with bytes changed at random, %i times, is read or refused',
  (name, times) => {
    const seed = 20_260;
    const random = randomNumbers(seed);
    const bytes = fixture(name);
    const kinds = { refused: 0, partial: 0, whole: 0 };
    for (let time = 0; time < times; time += 1) {
      const changed = Uint8Array.from(bytes);
      for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips -= 1) {
        const at = headerBytes + Math.floor(random() * (bytes.length - headerBytes));
        changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(random() * 255));
      }
      const trace = outcome(changed);
      if (trace instanceof LockscopeError) kinds.refused += 1;
      else {
        checkWhole(trace, changed.length);
        kinds[trace.lost.length > 0 ? 'partial' : 'whole'] += 1;
      }
    }
    // Damage inside strings and times cannot be seen; most other damage is.
    expect(kinds.partial + kinds.refused).toBeGreaterThan(0);
    expect(kinds.partial + kinds.refused + kinds.whole).toBe(times);
  },
  60_000,
);
