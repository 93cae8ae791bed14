import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { traceOfScene } from '@/tests/support/trace-scene';
import { traceFromText } from '@/tests/support/trace-text';
import { readTrace } from './read-trace';
import { bufferSource } from './source';

const refusal = (bytes: Uint8Array): unknown => {
  try {
    return readTrace(bufferSource(bytes)).lost.map(({ code }) => code);
  } catch (error) {
    return error;
  }
};

describe('impossible numbers are refused where they stand', () => {
  const inThread = (line: string) => `
    go1.26
    generation 1
    thread 0 at=1
      ProcStatus p=0 pstatus=running
      GoStatus g=1 gstatus=running
      ${line}`;
  const inTables = (lines: string) => `
    go1.26
    generation 1
    thread none at=1
    ${lines}`;
  test.each([
    [
      'a batch of 2^40 bytes',
      inTables('EventBatch gen=1 m=0 time=0 size=1099511627776'),
      'a batch of 1099511627776 bytes',
    ],
    ['a batch of 65,537 bytes', inTables('EventBatch gen=1 m=0 time=0 size=65537'), 'a batch of 65537 bytes'],
    ['a batch at time 2^60', inTables('EventBatch gen=1 m=0 time=1152921504606846976'), 'a batch at time'],
    ['generation 0', 'go1.26\ngeneration 0\nthread 0 at=1', 'a batch of generation 0'],
    ['generation 2^40', 'go1.26\ngeneration 1099511627776\nthread 0 at=1', 'a batch of generation 1099511627776'],
    ['a string of 1,025 bytes', inTables('Strings\nString id=1\nBytes 129 8'), 'a string of 1025 bytes'],
    [
      'a string of 2^64 - 1 bytes',
      inTables('Strings\nBytes 5 1 255 255 255 255 255 255 255 255 255 1'),
      'a string of -1 bytes',
    ],
    ['a string beyond its batch', inTables('Strings\nBytes 5 1 9 65'), 'the data ends inside an item'],
    ['a stack of 129 frames', inTables('Stacks\nStack id=1 nframes=129'), 'a stack of 129 frames'],
    ['a stack of 2^64 - 1 frames', inTables('Stacks\nStack id=1 nframes=18446744073709551615'), 'a stack of -1 frames'],
    ['an integer of 65 bits', inThread('HeapAlloc heapalloc_value=18446744073709551616'), 'an integer exceeds 64 bits'],
    [
      'an integer of 11 bytes',
      inThread('Bytes 37 1 128 128 128 128 128 128 128 128 128 128 0'),
      'an integer exceeds 64 bits',
    ],
    ['an integer beyond its batch', inThread('Bytes 37 1 255'), 'the data ends inside an item'],
    ['a time 2^64 - 1 later', inThread('HeapAlloc dt=18446744073709551615'), 'HeapAlloc at time'],
    ['a goroutine without a number', inThread('GoCreate new_g=18446744073709551615'), 'goroutine -1 is created'],
    [
      'a processor without a number',
      inThread('ProcStatus p=18446744073709551615 pstatus=idle'),
      'processor -1 has status 2',
    ],
    ['a clock that does not tick', 'go1.26\ngeneration 1 freq=0\nthread 0 at=1', '0 clock units a second'],
    [
      'a clock in the year 300,000',
      inTables('Sync\nFrequency freq=1\nClockSnapshot dt=0 mono=1 sec=9223372036854775808 nsec=0').replace(
        ' 1\n',
        ' 1 without=clock\n',
      ),
      'a clock at an impossible time',
    ],
  ])('%s', (_, scene, message) => {
    expect(refusal(traceOfScene(scene))).toMatchObject({ message: expect.stringContaining(message) });
  });

  test('a goroutine of 2^63 is a goroutine', () => {
    const { goroutines } = readTrace(bufferSource(traceOfScene(inThread('GoCreate new_g=9223372036854775808'))));
    expect(Array.from(goroutines.id)).toEqual([1, 2 ** 63]);
  });

  test('an integer padded to ten bytes is that integer', () => {
    const { goroutines } = readTrace(
      bufferSource(traceOfScene(inThread('Bytes 14 1 133 128 128 128 128 128 128 128 128 0 0 0'))),
    );
    expect(Array.from(goroutines.id)).toEqual([1, 5]);
  });

  test.each([
    ['nothing', '', 'this is no Go execution trace'],
    ['the header of Go 1.19', 'Trace Go1.19', 'Go 1.21 or older'],
    ['the header of Go 1.40', 'Trace Go1.40', 'newer than the newest known here'],
    ['the header of Go 1.24, which writes that of 1.23', 'Trace Go1.24', 'no Go version writes'],
    ['the header alone', 'Trace Go1.26', 'a trace without events'],
  ])('%s', (_, text, message) => {
    expect(refusal(traceFromText(text))).toMatchObject({ message: expect.stringContaining(message) });
  });
});

/** `count` lines, made one by one. */
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Files that would cost far more than their size to a reader that trusts them; what is said of them. */
const hostile: readonly (readonly [string, () => string, string])[] = [
  [
    'empty batches',
    () => `go1.26\ngeneration 1\n${lines(300_000, () => 'EventBatch gen=1 m=1 time=1')}`,
    'gotrace.batch',
  ],
  [
    'a thread for each event',
    () => `go1.26\ngeneration 1\n${lines(250_000, (m) => `EventBatch gen=1 m=${m + 300_000} time=1\nProcStop dt=1`)}`,
    'gotrace.order',
  ],
  [
    'strings of two letters',
    () =>
      `go1.26\ngeneration 1\n${tables('Strings', 250_000, (id) => `String id=${id + 1}\ndata="${id.toString(36)}"`)}`,
    'gotrace.empty',
  ],
  [
    'stacks of one frame each',
    () =>
      `go1.26\ngeneration 1\n${tables('Stacks', 200_000, (id) => `Stack id=${id + 1} nframes=1\npc=1 func=0 file=0 line=${id}`)}`,
    'gotrace.empty',
  ],
  [
    'CPU samples',
    () => `go1.26\ngeneration 1\n${tables('CPUSamples', 200_000, () => 'CPUSample time=5 m=0 p=0 g=0 stack=0')}`,
    'whole',
  ],
  [
    'goroutines that are only stated',
    () =>
      `go1.26\ngeneration 1\n${lines(200_000, (g) => `${g % 5_000 === 0 ? 'thread none at=1\n' : ''}GoStatus g=${g + 1} m=0 gstatus=waiting`)}`,
    'whole',
  ],
  [
    'generations of nothing',
    () => `go1.22\n${lines(70_000, (index) => `EventBatch gen=${index + 1} m=1 time=1\nFrequency freq=1`)}`,
    'gotrace.given-up',
  ],
  [
    'broken generations behind a large one',
    () =>
      `go1.26\ngeneration 1\nthread 0 at=1\nProcStatus p=0 pstatus=running\n${lines(100_000, (g) => `${g % 5_000 === 0 ? 'thread 0 at=2\n' : ''}GoCreate new_g=${g + 1}`)}\n${lines(5_000, (index) => `generation ${index + 2}\nthread 0\nProcStop\nProcStop`)}`,
    'gotrace.given-up',
  ],
  [
    'threads that each wait for the next',
    () =>
      `go1.26\ngeneration 1\n${lines(30_000, (m) => `thread ${m} at=${m}\nGoUnblock g=${m + 2} g_seq=1\nGoStatus g=${m + 1} m=none gstatus=waiting`)}\nthread 40000 at=40000\nGoStatus g=30001 m=none gstatus=waiting`,
    'gotrace.order',
  ],
];

/** A table in batches of 64 KB at most. */
function tables(kind: string, count: number, entry: (index: number) => string): string {
  return lines(count, (index) => `${index % 2_500 === 0 ? `thread none at=1\n${kind}\n` : ''}${entry(index)}`);
}

describe('a file made to cost much', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockscope-hostile-'));
  const reader = join(folder, 'read.mjs');
  const trace = join(folder, 'hostile.trace');
  beforeAll(async () => {
    const contents = `
      import { readFileSync } from 'node:fs';
      import { readTrace } from './lib/gotrace/read-trace';
      import { bufferSource } from './lib/gotrace/source';
      let told;
      try {
        told = readTrace(bufferSource(readFileSync(process.argv[2]))).lost.at(-1)?.code ?? 'whole';
      } catch (error) {
        told = error.code ?? String(error);
      }
      console.log(told, process.resourceUsage().maxRSS);`;
    await build({
      stdin: { contents, resolveDir: '.' },
      outfile: reader,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What is told, and the most memory that was used, bytes. Ends after 20 s of processor time. */
  function readApart(bytes: Uint8Array): { told: string; memory: number } {
    writeFileSync(trace, bytes);
    const { stdout, stderr } = spawnSync('bash', ['-c', 'ulimit -t 20; exec node "$0" "$1"', reader, trace], {
      encoding: 'utf8',
    });
    const [told = stderr, kilobytes] = stdout.trim().split(' ');
    return { told, memory: Number(kilobytes) * 1_024 };
  }

  test.each(hostile)(
    '%s',
    (_, text, told) => {
      const bytes = traceOfScene(text());
      const nothing = readApart(traceOfScene('go1.26\ngeneration 1'));
      const found = readApart(bytes);
      expect(found.told).toBe(told);
      expect(found.memory - nothing.memory).toBeLessThan(100e6 + 3 * bytes.length);
    },
    60_000,
  );
});
