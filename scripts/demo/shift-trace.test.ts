import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTrace } from '../../lib/gotrace/read-trace';
import { bufferSource } from '../../lib/gotrace/source';
import { shiftTrace } from './shift-trace';

const recorded = (name: string) => readFileSync(`tests/fixtures/gotrace/traces/${name}.trace`);

test('a shifted trace happened later, and is the same otherwise', () => {
  const before = readTrace(bufferSource(recorded('gens-go1.26')));
  const after = readTrace(bufferSource(shiftTrace(recorded('gens-go1.26'), 86_400)));
  expect((after.clock.startUnixMs ?? 0) - (before.clock.startUnixMs ?? 0)).toBe(86_400_000);
  const same = { startUnixMs: 0 };
  expect({ ...after, clock: { ...after.clock, ...same } }).toEqual({ ...before, clock: { ...before.clock, ...same } });
});

test('a trace without a wall clock cannot be shifted', () => {
  expect(() => shiftTrace(recorded('locks-go1.23'), 1)).toThrow('no wall clock');
});
