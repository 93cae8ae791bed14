import { expect, test } from 'vitest';
import type { DeployRecord } from '@/lib/catalog/builds';
import { unixMs } from '@/lib/units';
import { deployMarks } from './deploy-marks';

const deploy = (at: number, build: string, change: Partial<DeployRecord> = {}): DeployRecord => ({
  service: 'orders',
  build,
  at: unixMs(at),
  note: undefined,
  source: 'profile',
  ...change,
});
const range = { from: 10, to: 20 };
const texts = (...deploys: DeployRecord[]) => deployMarks(deploys, range).map(({ at, text }) => `${at} ${text}`);

test('deploys inside the range are marked, with the note that somebody told', () => {
  expect(texts(deploy(1, 'v1'), deploy(12, 'v2'), deploy(13, 'v3', { source: 'api', note: 'canary' }))).toEqual([
    '12 deploy v2',
    '13 deploy v3: canary',
  ]);
});

test('the first profile of a service is no deploy; a first deploy that was told is', () => {
  expect(texts(deploy(12, 'v1'))).toEqual([]);
  expect(texts(deploy(12, 'v1', { source: 'api' }))).toEqual(['12 deploy v1']);
});

test('what lies outside of the range, or on its edges, is not marked', () => {
  expect(texts(deploy(1, 'v1'), deploy(10, 'v2'), deploy(20, 'v3'), deploy(25, 'v4'))).toEqual([]);
});
