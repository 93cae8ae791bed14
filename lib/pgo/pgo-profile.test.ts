import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { framesOfStack } from '@/lib/profile/frame';
import type { Profile } from '@/lib/profile/profile';
import { cpuFromText } from '@/tests/support/cpu-from-text';
import { profileFromText } from '@/tests/support/profile-from-text';
import { pgoProfile } from './pgo-profile';

/** `samples caller+offset > callee`, heaviest first: what Go reads out of the file. */
function calls(profile: Profile): string[] {
  const rows = Array.from(profile.samples.stack, (stack, sample) => {
    const [callee, caller] = framesOfStack(profile, stack);
    const offset = (caller?.line ?? 0) - (caller?.startLine ?? 0);
    return {
      weight: profile.samples.values[0]?.[sample] ?? 0,
      text: `${caller?.function}+${offset} > ${callee?.function}`,
    };
  });
  return rows
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
    .map(({ weight, text }) => `${weight} ${text}`);
}

test('counts the calls up to the second machine location, with what is inlined there', () => {
  const wire = cpuFromText(`
    12  main.hash:15 < main.Get:33 ; main.serve:80+70 ; main.run:9
    3   main.Get:34 ; main.serve:80+70
    5   main.alone:15`);
  const { profile, counts } = pgoProfile([wire], []);
  expect(calls(profile)).toEqual([
    '12 main.Get+10 > main.hash',
    '12 main.serve+10 > main.Get',
    '3 main.serve+10 > main.Get',
  ]);
  // Two lines of main.Get have two start lines here, so two callees; the file holds both, Go adds them up.
  expect(counts).toMatchObject({ profiles: 1, samples: 20, cpuSeconds: 0.2, edges: 3, hotEdges: 3, unnamedSamples: 0 });
});

test('a call counts once a sample, and a frame does not call itself', () => {
  const { profile } = pgoProfile([cpuFromText('7  f:20+10 < f:20+10 < g:20+10 < f:20+10 < g:20+10')], []);
  expect(calls(profile)).toEqual(['7 f+10 > g', '7 g+10 > f']);
});

test('recursion from another line is a call', () => {
  const { profile } = pgoProfile([cpuFromText('4  fib:12+10 ; fib:15+10')], []);
  expect(calls(profile)).toEqual(['4 fib+5 > fib']);
});

test('sums profiles, whatever their order, also when lines above a function moved', () => {
  const before = cpuFromText('10  a:15+10 ; b:25+20');
  const after = cpuFromText('30  a:115+110 ; b:125+120');
  const { profile, counts } = pgoProfile([before, after], ['x']);
  expect(counts).toMatchObject({ samples: 40, profiles: 2 });
  expect(calls(profile)).toEqual(['30 b+5 > a', '10 b+5 > a']);
  expect(encodeProfile(pgoProfile([after, before], ['x']).profile)).toEqual(encodeProfile(profile));
});

test('labels, mappings, addresses, times and folders are gone; comments and start lines stay', () => {
  const { profile } = pgoProfile([cpuFromText('2  a:15 ; b:25', { seconds: 30 })], ['from here']);
  const again = decodePprof(encodeProfile(profile));
  expect(again).toMatchObject({ timeNanos: 0n, durationNanos: 0n, mappings: [], comments: ['from here'] });
  expect(again.strings).toContain('main.go');
  expect(again.strings.join(' ')).not.toContain('/build');
  expect([...again.functions.startLine]).toEqual([5, 15]);
  expect([...again.locations.addressLow]).toEqual([0, 0]);
});

test('calls from or to a frame without a name are left out and counted', () => {
  const { profile, counts } = pgoProfile([cpuFromText('2  ? ; b:25\n 3  a:15 ; b:25')], []);
  expect(calls(profile)).toEqual(['3 b+10 > a']);
  expect(counts.unnamedSamples).toBe(1);
});

test('a stored profile does not tell inlining: the five frames nearest the leaf count', () => {
  const stored = profileFromText(`
    cpu 0s..10s
    samples cpu stack (leaf first)
    2  20ms  a f.go:15+10 ; b f.go:25+20 ; c f.go:35+30 ; d f.go:45+40 ; e f.go:55+50 ; f f.go:65+60`);
  const { profile, counts } = pgoProfile([decodePprof(encodeProfile(stored))], []);
  expect(calls(profile)).toEqual(['2 b+5 > a', '2 c+5 > b', '2 d+5 > c', '2 e+5 > d']);
  expect(counts.withoutInlining).toBe(1);
});

test('the heaviest calls that make up 99 % are hot', () => {
  const rows = Array.from({ length: 100 }, (_, index) => `${index === 0 ? 9_801 : 1}  a${index}:15 ; b${index}:25`);
  expect(pgoProfile([cpuFromText(rows.join('\n'))], []).counts).toMatchObject({ edges: 100, hotEdges: 1 });
});

test('weight of callers without a start line is told', () => {
  const { counts } = pgoProfile([cpuFromText('1  a:15 ; c:25+0\n 3  a:15 ; b:25')], []);
  expect(counts.unplacedShare).toBe(0.25);
});

test('refuses what Go would refuse or silently ignore', () => {
  const mutex = decodePprof(
    encodeProfile(profileFromText('mutex\ncontentions delay stack\n1 5ms sync.(*Mutex).Unlock ; a f.go:3+1')),
  );
  expect(() => pgoProfile([mutex], [])).toThrow(expect.objectContaining({ code: 'pgo.not-cpu' }));
  expect(() => pgoProfile([cpuFromText('1  a:5'), mutex], [])).toThrow(
    expect.objectContaining({ code: 'pgo.not-cpu' }),
  );
  expect(() => pgoProfile([cpuFromText('5  a:15')], [])).toThrow(expect.objectContaining({ code: 'pgo.no-edges' }));
  expect(() => pgoProfile([cpuFromText('5  a:15+0 ; b:25+0')], [])).toThrow(
    expect.objectContaining({ code: 'pgo.no-start-lines' }),
  );
});
