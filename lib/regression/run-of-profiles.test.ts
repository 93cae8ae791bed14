import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { profileFromText } from '@/tests/support/profile-from-text';
import { runOfProfiles } from './run-of-profiles';

const wire = (text: string) => decodePprof(encodeProfile(profileFromText(text)));

function runOfText(texts: { readonly block?: string; readonly mutex?: string; readonly cpu?: string }) {
  const of = (text: string | undefined) => (text === undefined ? undefined : wire(text));
  return runOfProfiles(
    {
      name: 'base run 1',
      benchmark: undefined,
      startMs: undefined,
      per: { ops: undefined, requests: undefined, seconds: undefined },
      block: of(texts.block),
      mutex: of(texts.mutex),
      cpu: of(texts.cpu),
      times: [],
    },
    { wrappers: [] },
  );
}

test('a site adds up its stacks, and names who calls its function', () => {
  const { mutex } = runOfText({
    mutex: `mutex  0s..10s  go1.26
      contentions  delay  stack
      12           340us  sync.(*Mutex).Unlock ; shop.(*Cache).Put cache.go:88+80 ; shop.serve serve.go:31
      3            20us   sync.(*Mutex).Unlock ; shop.(*Cache).Put cache.go:88+80 ; shop.warm serve.go:9
      1            5us    sync.(*Mutex).Unlock ; shop.(*Cache).Put cache.go:91+80 ; shop.warm serve.go:9`,
  });
  const rows = mutex?.map(({ site, delayNs, contentions, callers }) => [
    `${site.function}:${site.line}`,
    delayNs,
    contentions,
    callers.join(),
  ]);
  expect(rows?.sort()).toEqual([
    ['shop.(*Cache).Put:88', 360_000, 15, 'shop.serve,shop.warm'],
    ['shop.(*Cache).Put:91', 5_000, 1, 'shop.warm'],
  ]);
});

test('waits of the benchmark harness are not among the sites, those of the code under it are', () => {
  const { block } = runOfText({
    block: `block  0s..10s  go1.26
      contentions  delay  stack
      1            900ms  sync.(*WaitGroup).Wait ; testing.(*B).RunParallel benchmark.go:900 ; shop.BenchmarkPut b.go:5
      1            950ms  runtime.chanrecv1 ; testing.(*B).doBench benchmark.go:300 ; testing.(*B).run benchmark.go:290
      1            200ms  runtime.chanrecv1 ; runtime/pprof.StopCPUProfile pprof.go:900 ; testing.(*M).after testing.go:9
      40           6ms    sync.(*Mutex).Lock ; shop.(*Cache).Put cache.go:81+80 ; shop.BenchmarkPut.func1 b.go:9 ; testing.(*B).RunParallel.func1 benchmark.go:880`,
  });
  expect(block?.map(({ site, callers }) => [site.kind, site.function, callers])).toEqual([
    ['Mutex.Lock', 'shop.(*Cache).Put', ['shop.BenchmarkPut.func1']],
  ]);
});

test('recursion counts once a stack, and self time stands at the leaf', () => {
  const { cpu } = runOfText({
    cpu: `cpu  0s..10s  go1.26
      samples  cpu    stack
      3        30ms   shop.walk tree.go:9+5 ; shop.walk tree.go:8+5 ; shop.serve serve.go:3
      1        10ms   runtime.memmove m.s:1 ; shop.walk tree.go:7+5 ; shop.serve-range1 serve.go:3
      5        50ms   runtime.nanotime t.go:1 ; testing.(*PB).Next benchmark.go:840 ; shop.serve serve.go:3`,
  });
  const rows = cpu?.map((row) => [
    row.function,
    row.cumulativeNs / 1e6,
    row.selfNs / 1e6,
    row.samples,
    row.callers.join(),
  ]);
  expect(rows).toEqual([
    ['runtime.memmove', 10, 10, 1, 'shop.walk'],
    ['shop.serve', 40, 0, 4, ''],
    ['shop.walk', 40, 30, 4, 'shop.serve'],
  ]);
});

test('what was not recorded is not the same as nothing recorded', () => {
  const run = runOfText({ mutex: 'mutex  0s..10s  go1.26\n contentions delay stack' });
  expect([run.mutex, run.block, run.cpu]).toEqual([[], undefined, undefined]);
});
