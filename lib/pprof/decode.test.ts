import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fixtureFolders, readFixture, soundFixtures, truthOf } from '@/tests/support/go-fixtures';
import { message } from '@/tests/support/pprof-message';
import { decodePprof } from './decode';
import { framesOfSample } from './frames';
import { toProfile } from './to-profile';
import type { WireProfile } from './wire-profile';

/** The sum that a `query` of truth.json describes (tests/fixtures/go/README.md). */
function sumOf(wire: WireProfile, query: { sample: string; leaf: string | null; through?: string | null }): bigint {
  const column = wire.sampleTypes.findIndex(({ type }) => type === query.sample);
  let sum = 0n;
  for (let sample = 0; sample < wire.samples.length; sample++) {
    const names = framesOfSample(wire, sample).map(({ function: name }) => name);
    const leafFits = query.leaf === null || names[0] === query.leaf;
    const throughFits = query.through === undefined || query.through === null || names.includes(query.through);
    if (leafFits && throughFits) {
      sum += wire.samples.wide[column]?.get(sample) ?? BigInt(wire.samples.values[column]?.[sample] ?? 0);
    }
  }
  return sum;
}

const queries = fixtureFolders().flatMap((folder) =>
  Object.entries(truthOf(folder).truth.numbers ?? {}).flatMap(([name, { value, tolerance, query }]) => {
    const file = query?.file;
    if (query === undefined || file === undefined || typeof value !== 'number' || tolerance !== 0) return [];
    return /\.pb(\.gz)?$/.test(file) ? [{ name: `${folder} ${name}`, folder, file, value, query }] : [];
  }),
);

test('there are sums to check', () => {
  expect(queries.length).toBeGreaterThan(100);
});

test.each(queries)('$name is $value', ({ folder, file, value, query }) => {
  const read = (one: string) => sumOf(decodePprof(readFixture(`${folder}/${one}`)), query);
  const minus = query.minus === undefined || query.minus === null ? 0n : read(query.minus);
  expect(read(file) - minus).toBe(BigInt(value));
});

test('a profile in other encodings is read like the compressed one', () => {
  const gzipped = readFixture('edge-shapes-go1.26/w2-block.pb.gz');
  const expected = toProfile(decodePprof(gzipped));
  const plain = gunzipSync(gzipped);
  expect(toProfile(decodePprof(readFixture('edge-encodings-go1.26/block-uncompressed.pb')))).toEqual(expected);
  expect({ ...toProfile(decodePprof(readFixture('edge-encodings-go1.26/block-no-time.pb.gz'))) }).toEqual({
    ...expected,
    timeNanos: 0n,
  });
  const members = [gzipSync(plain.subarray(0, 700)), gzipSync(plain.subarray(700)), gzipSync(new Uint8Array(0))];
  expect(toProfile(decodePprof(Buffer.concat(members)))).toEqual(expected);
});

test('locations without names keep totals, addresses and build ids', () => {
  const named = toProfile(decodePprof(readFixture('edge-shapes-go1.26/w2-block.pb.gz')));
  const nameless = toProfile(decodePprof(readFixture('edge-unsymbolised-go1.26/block.pb.gz')));
  expect(nameless.samples.length).toBe(11);
  expect([...nameless.locations.func]).toEqual(Array(40).fill(-1));
  expect([...nameless.locations.address].every((address) => address > 0n)).toBe(true);
  expect(nameless.mappings).toEqual(named.mappings);
  expect(sumOf(decodePprof(readFixture('edge-unsymbolised-go1.26/block.pb.gz')), { sample: 'delay', leaf: null })).toBe(
    16699598846n,
  );
});

test('start lines survive', () => {
  const wire = decodePprof(readFixture('ordersvc-go1.23-bad/w3-block.pb.gz'));
  const frames = Array.from({ length: wire.samples.length }, (_, sample) => framesOfSample(wire, sample)).flat();
  expect(frames.length).toBeGreaterThan(50);
  for (const { line, startLine } of frames) expect(line).toBeGreaterThanOrEqual(startLine);
  expect(frames.every(({ startLine }) => startLine > 0)).toBe(true);
});

test('every file of the recordings that is sound is read', () => {
  for (const { bytes } of soundFixtures()) expect(decodePprof(bytes).sampleTypes.length).toBeGreaterThan(0);
});

test('labels, negative and wide values, unpacked fields and large ids are read', () => {
  const wire = decodePprof(
    message(({ bytes, varint, packed, text }) => [
      bytes(1, [varint(1, 1), varint(2, 2)]),
      bytes(2, [
        varint(1, 0xffffffffffffffffn),
        varint(1, 7n),
        varint(2, -9007199254740993n),
        bytes(3, [varint(1, 3), varint(2, 4)]),
        bytes(3, [varint(1, 3), varint(3, -5n), varint(4, 2)]),
        bytes(3, [varint(1, 3)]),
      ]),
      bytes(2, [packed(1, [7n]), packed(2, [-1n])]),
      bytes(4, [varint(1, 7n), varint(3, 0xffffffff80000000n)]),
      bytes(4, [
        varint(1, 0xffffffffffffffffn),
        bytes(4, [varint(1, 9n), varint(2, 3n)]),
        bytes(4, [varint(1, 9n), varint(2, -1n)]),
      ]),
      bytes(5, [varint(1, 9n), varint(2, 5), varint(5, 2n)]),
      ...['', 'delay', 'nanoseconds', 'endpoint', '/order', 'main.F[go.shape.int]'].map((one) => text(6, one)),
    ]),
  );
  const profile = toProfile(wire);
  expect(wire.samples.wide[0]?.get(0)).toBe(-9007199254740993n);
  expect(framesOfSample(wire, 0).map(({ function: name, line }) => `${name}:${line}`)).toEqual([
    'main.F[...]:3',
    'main.F[...]:0',
    '0xffffffff80000000:0',
  ]);
  expect(profile.labelSets).toEqual([
    [],
    [
      { key: 'endpoint', value: '' },
      { key: 'endpoint', value: '/order' },
      { key: 'endpoint', value: { number: -5n, unit: 'nanoseconds' } },
    ],
  ]);
  expect(profile.period).toBe(0);
  expect(profile.timeNanos).toBe(0n);
});

test('a decoded profile stays as it is while others are decoded, also after a failure', () => {
  const names = ['ordersvc-go1.23-bad/w3-cpu.pb.gz', 'ordersvc-go1.23-bad/w3-heap.pb.gz', 'prims-go1.26/block.pb.gz'];
  const [first, ...others] = names.map((name) => decodePprof(readFixture(name)));
  const [again] = names.slice(0, 1).map((name) => toProfile(decodePprof(readFixture(name))));
  expect(() => decodePprof(readFixture('edge-encodings-go1.26/block-cut-proto.pb.gz'))).toThrow();
  expect(others.length).toBe(2);
  if (first === undefined) throw new Error('three profiles were decoded');
  expect(toProfile(first)).toEqual(again);
});
