import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTrace, writeEvents } from './read-trace';
import { bufferSource } from './source';

const folder = 'tests/fixtures/gotrace';
const recorded = (name: string) => bufferSource(readFileSync(`${folder}/traces/${name}.trace`));
const names = readdirSync(`${folder}/expected`)
  .filter((file) => file.endsWith('.parsed.tsv.gz'))
  .map((file) => file.replace('.parsed.tsv.gz', ''));

/** The first line that differs, for a message that helps; undefined when both are the same. */
function firstDifference(got: readonly string[], want: readonly string[]): string | undefined {
  for (let line = 0; line < Math.max(got.length, want.length); line += 1) {
    if (got[line] !== want[line]) return `line ${line + 1}\n  Go: ${want[line]}\nours: ${got[line]}`;
  }
  return undefined;
}

describe('a recorded trace', () => {
  test.each(names)('%s has the events of `go tool trace -d=parsed`, in its order, with its stacks', (name) => {
    const want = gunzipSync(readFileSync(`${folder}/expected/${name}.parsed.tsv.gz`))
      .toString()
      .split('\n')
      .slice(0, -1);
    const got: string[] = [];
    writeEvents(recorded(name), (line) => got.push(line));
    expect(firstDifference(got, want)).toBeUndefined();
    expect(got.length).toBe(want.length);
  });

  test.each(names)('%s is read whole', (name) => {
    const trace = readTrace(recorded(name));
    expect(trace.lost).toEqual([]);
    expect(trace.generations.at(-1)?.endNs).toBe(trace.durationNs);
  });

  test('of which only the header is left has no events to print, and is refused for that', () => {
    const header = bufferSource(recorded('locks-go1.26').read(0, 16));
    const got: string[] = [];
    expect(() => writeEvents(header, (line) => got.push(line))).toThrow('a trace without events');
    expect(got).toEqual([]);
  });

  test('of Go 1.21 is refused with what to do', () => {
    expect(() => readTrace(recorded('locks-go1.21'))).toThrow(
      /Go 1\.21 or older: record it again .* Go 1\.22 or newer/,
    );
  });
});

test('every goroutine is in one state at a time, linked from its first row to its last', () => {
  const { log, goroutines } = readTrace(recorded('locks-go1.26'));
  let rows = 0;
  for (let g = 0; g < goroutines.count; g += 1) {
    let row = goroutines.firstRow[g] ?? -1;
    let last = -1;
    for (; row !== -1; row = log.next[row] ?? -1) {
      expect(log.goroutine[row]).toBe(g);
      expect(row).toBeGreaterThan(last);
      last = row;
      rows += 1;
    }
    expect(last).toBe(goroutines.lastRow[g]);
  }
  expect(rows).toBe(log.count);
});
