import { expect, test } from 'vitest';
import { readGoBench } from './go-bench';

const read = (text: string) =>
  readGoBench(text).results.map(({ name, gomaxprocs, iterations, values }) => [name, gomaxprocs, iterations, values]);

test('reads results with their package, GOMAXPROCS and every unit', () => {
  const text = `goos: linux
goarch: amd64
pkg: example.com/order/config
cpu: AMD EPYC
BenchmarkGetConfig-4   \t  150000\t      7023 ns/op\t     112 B/op\t       3 allocs/op
BenchmarkGetConfig-4   \t  150000\t      6981.5 ns/op\t     112 B/op\t       3 allocs/op
BenchmarkReload/writes=10%-4 \t 20001 \t 51234 ns/op \t 12.5 waits/op
PASS
ok  \texample.com/order/config\t3.1s
`;
  expect(read(text)).toEqual([
    ['example.com/order/config.BenchmarkGetConfig', 4, 150000, { 'ns/op': 7023, 'B/op': 112, 'allocs/op': 3 }],
    ['example.com/order/config.BenchmarkGetConfig', 4, 150000, { 'ns/op': 6981.5, 'B/op': 112, 'allocs/op': 3 }],
    ['example.com/order/config.BenchmarkReload/writes=10%', 4, 20001, { 'ns/op': 51234, 'waits/op': 12.5 }],
  ]);
  expect(readGoBench(text).cpu).toBe('AMD EPYC');
});

test('a name without a suffix ran on one processor', () => {
  expect(read('BenchmarkX 1 5 ns/op')).toEqual([['BenchmarkX', 1, 1, { 'ns/op': 5 }]]);
});

test('joins a result that the benchmark parted by printing', () => {
  expect(read('BenchmarkX-2   \tstarting up\nlistening on :80\n     1000\t   5.25 ns/op\n')).toEqual([
    ['BenchmarkX', 2, 1000, { 'ns/op': 5.25 }],
  ]);
});

test('passes over what only looks like a result: functions that begin alike, log lines, numbers of others', () => {
  expect(read('Benchmarking 3 4 ns/op\n2026 10 things\nBenchmark results: 3\n')).toEqual([]);
});

test('names failed and skipped benchmarks', () => {
  const text = '--- FAIL: BenchmarkA-4\n    a_test.go:3: no\n--- SKIP: BenchmarkB\nBenchmarkC-4 1 1 ns/op\nFAIL\n';
  expect(readGoBench(text)).toMatchObject({ failed: ['BenchmarkA-4'], skipped: ['BenchmarkB'] });
});

test('tells the line of a damaged result', () => {
  expect(readGoBench('x\nBenchmarkX-4 100 12 ns/op 7\r\nBenchmarkY 1 abc ns/op').damaged).toEqual([
    { line: 2, reason: 'a value without a unit: 7' },
    { line: 3, reason: 'abc is no number' },
  ]);
});
