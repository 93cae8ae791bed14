import { expect, test } from 'vitest';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { cpuFromText } from '@/tests/support/cpu-from-text';
import { pgoNotes } from './pgo-notes';
import { pgoProfile } from './pgo-profile';

const enough = { processesAtMost: 3, wallSeconds: 60 };
const busy = cpuFromText('20000  a:15 ; b:25', { seconds: 20 });

function codes(profiles: readonly WireProfile[], recorded = enough): string[] {
  return pgoNotes(pgoProfile(profiles, []).counts, profiles, recorded).map(({ code }) => code);
}

test('three busy pods with enough samples need no warning', () => {
  expect(codes([busy, busy, busy])).toEqual([]);
});

test('a thin profile, few pods and idle ones are told', () => {
  const thin = cpuFromText('50  a:15 ; b:25', { seconds: 20 });
  const notes = pgoNotes(pgoProfile([thin], []).counts, [thin], { processesAtMost: 1, wallSeconds: 20 });
  expect(notes.map(({ message }) => message.replace(/\s/g, ' '))).toEqual([
    '50 samples: which calls are hot is chance below some 10 000 (100 CPU seconds)',
    'the processes were nearly idle (0.025 cores busy): record under real load',
    'from at most 1 process: take 3 pods or more, at a busy hour',
  ]);
});

test('a profile that outweighs the others, or is of a benchmark, is told', () => {
  const long = cpuFromText('20000  a:15 ; b:25', { seconds: 100 });
  expect(codes([busy, busy, long])).toEqual(['pgo.unequal-lengths']);
  expect(codes([busy, busy, cpuFromText('20000  a:15 ; b:25 ; testing.(*B).runN:9', { seconds: 20 })])).toEqual([
    'pgo.benchmark',
  ]);
});

test('how many pods is not guessed where nothing tells', () => {
  const unknown = { processesAtMost: Number.POSITIVE_INFINITY, wallSeconds: 60 };
  expect(codes([busy], unknown)).toEqual([]);
});
