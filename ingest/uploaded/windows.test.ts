import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { unixMs } from '@/lib/units';
import { windowsOfUpload } from './windows';

const fixture = (file: string) =>
  decodePprof(readFileSync(new URL(`../../tests/fixtures/go/ordersvc-go1.23-bad/${file}`, import.meta.url)));
const sum = (column: Iterable<number> | undefined) => [...(column ?? [])].reduce((total, value) => total + value, 0);

test('an upload becomes windows that hold all of its delay and all of its contentions', () => {
  const wire = fixture('w3-block.pb.gz');
  const batch = windowsOfUpload(wire, {
    kind: 'block',
    labels: [
      ['pod', 'upload'],
      ['service_name', 'upload'],
    ],
    time: { start: unixMs(0), wallMs: 1_000 },
    wrappers: [],
  });
  expect(batch.windows).toHaveLength(1);
  const [window] = batch.windows;
  const column = (type: string) => wire.samples.values[wire.sampleTypes.findIndex((one) => one.type === type)];
  expect(sum(window?.values)).toBe(sum(column('delay')));
  expect(sum(window?.counts)).toBe(sum(column('contentions')));
  expect(batch.leftOut).toEqual({ sampleLabels: 0, deepStacks: 0, stacks: 0, stackValue: 0, negative: 0 });
  const names = batch.sites.filter(({ level }) => level === 'site').map((site) => site.function);
  expect(names.some((name) => name.endsWith('.GetConfig'))).toBe(true);
});
