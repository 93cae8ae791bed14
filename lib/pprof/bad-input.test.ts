import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorCode } from '@/lib/errors';
import { pprofFixtures, readFixture, soundFixtures } from '@/tests/support/go-fixtures';
import { message, varint } from '@/tests/support/pprof-message';
import { decodePprof } from './decode';
import { defaultPprofLimits } from './limits';
import { toProfile } from './to-profile';

const codes = /^pprof\.(empty|not-a-profile|truncated|malformed|inconsistent|too-large|bad-gzip|limit)$/;

/** The code of the error that decoding gives; 'read' when it gives a profile. */
function outcome(bytes: Uint8Array, limits = defaultPprofLimits): string {
  try {
    toProfile(decodePprof(bytes, limits));
    return 'read';
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !codes.test(code)) throw error;
    return code;
  }
}

test('what truth calls damaged or empty is refused with a code that says what is wrong', () => {
  const damaged = pprofFixtures().filter(({ kind }) => kind === 'damaged' || kind === 'empty');
  expect(Object.fromEntries(damaged.map(({ name, bytes }) => [name, outcome(bytes)]))).toEqual({
    'edge-encodings-go1.26/block-cut-gzip.pb.gz': 'pprof.truncated',
    'edge-encodings-go1.26/block-cut-proto.pb.gz': 'pprof.truncated',
    'edge-encodings-go1.26/block-not-a-profile.pb.gz': 'pprof.not-a-profile',
    'edge-encodings-go1.26/block-zero-bytes.pb.gz': 'pprof.empty',
    'http-go1.26/w2-cpu.pb.gz': 'pprof.empty',
  });
});

test.each(soundFixtures())('$name cut at every 100th byte is refused, file and content', ({ bytes }) => {
  const content = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  for (const whole of [bytes, content]) {
    for (let length = 0; length < whole.length; length += 100) {
      expect({ length, outcome: outcome(whole.subarray(0, length)) }).not.toEqual({ length, outcome: 'read' });
    }
  }
});

test('one recording cut at every byte is refused', () => {
  const content = gunzipSync(readFixture('edge-shapes-go1.26/w2-mutex.pb.gz'));
  for (let length = 0; length < content.length; length += 1) {
    expect({ length, outcome: outcome(content.subarray(0, length)) }).not.toEqual({ length, outcome: 'read' });
  }
});

test('random bytes give a typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(outcome(bytes)).toMatch(codes);
    }),
    { seed: 4, numRuns: 3000 },
  );
});

test('a recording with random changes gives a profile or a typed error', () => {
  const content = gunzipSync(readFixture('edge-shapes-go1.26/w2-mutex.pb.gz'));
  const change = fc.tuple(fc.nat(content.length - 1), fc.nat(255));
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = Buffer.from(content);
      for (const [position, byte] of changes) bytes[position] = byte;
      seen.add(outcome(bytes));
    }),
    { seed: 5, numRuns: 500 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['read', 'pprof.malformed', 'pprof.inconsistent']));
});

test('text, pages and other binary formats are no profiles', () => {
  const texts = ['<html>', '404 page not found\n', '{"a":1}', 'Error', 'go 1.22 trace\0\0\0', 'goroutine 1 [running]:'];
  expect(texts.map((text) => outcome(Buffer.from(text)))).toEqual(texts.map(() => 'pprof.not-a-profile'));
});

test('a damaged gzip stream is refused', () => {
  const sound = Buffer.from(readFixture('edge-shapes-go1.26/w2-block.pb.gz'));
  const wrongChecksum = Buffer.from(sound);
  wrongChecksum[sound.length - 8] = (wrongChecksum[sound.length - 8] ?? 0) ^ 1;
  expect(outcome(wrongChecksum)).toBe('pprof.bad-gzip');
  expect(outcome(Buffer.concat([sound, Buffer.from('garbage')]))).toBe('pprof.bad-gzip');
  expect(outcome(Buffer.concat([sound, Buffer.alloc(3)]))).toBe('pprof.bad-gzip');
  expect(outcome(gzipSync(Buffer.alloc(0)))).toBe('pprof.empty');
});

test('a gzip bomb is refused before it is unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const before = process.memoryUsage().arrayBuffers;
  expect(outcome(bomb, { ...defaultPprofLimits, maxBytes: 1024 * 1024 })).toBe('pprof.too-large');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
  expect(outcome(Buffer.alloc(2000, 10), { ...defaultPprofLimits, maxBytes: 1999 })).toBe('pprof.too-large');
});

const strings = ['', 'delay', 'nanoseconds'];

/** A profile of one sample type and `fields`, followed by the string table. */
function profileWith(fields: readonly number[][], table: readonly string[] = strings): Uint8Array {
  return message(({ bytes, varint: number, text }) => [
    bytes(1, [number(1, 1), number(2, 2)]),
    ...fields,
    ...table.map((one) => text(6, one)),
  ]);
}

const field = (number: number, content: number[]) => [
  ...varint((number << 3) | 2),
  ...varint(content.length),
  ...content,
];
const value = (number: number, content: number | bigint) => [...varint(number << 3), ...varint(content)];

test.each<[string, string, readonly number[][], (readonly string[])?]>([
  ['a string index beyond the table', 'pprof.inconsistent', [field(5, [...value(1, 1), ...value(2, 3)])]],
  ['a string index that is no 32-bit number', 'pprof.malformed', [field(5, [...value(1, 1), ...value(2, -1)])]],
  ['a comment beyond the table', 'pprof.inconsistent', [value(13, 9)]],
  ['a drop pattern beyond the table', 'pprof.inconsistent', [value(7, 9)]],
  ['a label beyond the table', 'pprof.inconsistent', [field(2, [...value(2, 1), ...field(3, value(1, 7))])]],
  ['no values', 'pprof.inconsistent', [field(2, [])]],
  ['two values for one sample type', 'pprof.inconsistent', [field(2, [...value(2, 1), ...value(2, 1)])]],
  ['a location id that does not exist', 'pprof.inconsistent', [field(2, [...value(1, 4), ...value(2, 1)])]],
  ['location id 0', 'pprof.inconsistent', [field(4, [])]],
  ['two locations of one id', 'pprof.inconsistent', [field(4, value(1, 5)), field(4, value(1, 5))]],
  ['two functions of one id', 'pprof.inconsistent', [field(5, value(1, 1)), field(5, value(1, 1))]],
  [
    'a line of a function that does not exist',
    'pprof.inconsistent',
    [field(4, [...value(1, 1), ...field(4, value(1, 1))])],
  ],
  ['a location in a mapping that does not exist', 'pprof.inconsistent', [field(4, [...value(1, 1), ...value(2, 1)])]],
  ['no string table', 'pprof.inconsistent', [], []],
  ['a first string that is not empty', 'pprof.inconsistent', [], ['x', 'delay', 'nanoseconds']],
  ['a sample that is a number', 'pprof.malformed', [value(2, 1)]],
  ['a time that is text', 'pprof.malformed', [field(9, [1])]],
  ['a group', 'pprof.malformed', [varint((16 << 3) | 3)]],
  ['field number 0', 'pprof.malformed', [[0, 0]]],
  ['a varint of eleven bytes', 'pprof.malformed', [[...varint(9 << 3), ...Array(10).fill(0x80), 0]]],
  ['a varint of 65 bits', 'pprof.malformed', [[...varint(9 << 3), ...Array(9).fill(0xff), 2]]],
  ['a message longer than the one around it', 'pprof.malformed', [field(2, [...varint((3 << 3) | 2), 100])]],
  ['a length of 2^63', 'pprof.truncated', [[...varint((2 << 3) | 2), ...varint(2n ** 63n)]]],
])('%s is %s', (_, code, fields, table) => {
  expect(outcome(profileWith(fields, table))).toBe(code);
});

test('an error names the place', () => {
  const fields = [field(2, value(2, 1)), field(2, [...value(2, 1), ...value(2, 1)])];
  expect(() => decodePprof(profileWith(fields))).toThrow(
    expect.objectContaining({ place: 'sample 1', message: '2 values for 1 sample types' }),
  );
  expect(() => decodePprof(Buffer.from('PK\x03\x04\x14\0', 'latin1'))).toThrow(
    expect.objectContaining({ place: 'byte 2', message: 'a field has a number that the format does not know' }),
  );
});

test('unknown fields are skipped', () => {
  const unknown = [
    value(99, 1),
    field(98, [1, 2, 3]),
    [...varint((97 << 3) | 1), ...Array(8).fill(1)],
    [...varint((96 << 3) | 5), 1, 1, 1, 1],
  ];
  expect(outcome(profileWith(unknown))).toBe('read');
});

test('depth, samples and frames are bounded', () => {
  const lines = Array.from({ length: 50 }, () => field(4, value(1, 1))).flat();
  const samples = Array.from({ length: 20 }, () => field(2, [...value(1, 1), ...value(2, 1)]));
  const bytes = profileWith([field(5, value(1, 1)), field(4, [...value(1, 1), ...lines]), ...samples]);
  expect(outcome(bytes)).toBe('read');
  expect(outcome(bytes, { ...defaultPprofLimits, maxDepth: 49 })).toBe('pprof.limit');
  expect(outcome(bytes, { ...defaultPprofLimits, maxSamples: 19 })).toBe('pprof.limit');
  expect(outcome(bytes, { ...defaultPprofLimits, maxFrames: 999 })).toBe('pprof.limit');
});

test('long names, and names repeated by many frames or labels, are bounded', () => {
  const table = [...strings, 'n'.repeat(1000)];
  const named = [field(5, [...value(1, 1), ...value(2, 3)]), field(4, [...value(1, 1), ...field(4, value(1, 1))])];
  const stacks = Array.from({ length: 10 }, () => field(2, [...value(1, 1), ...value(1, 1), ...value(2, 1)]));
  const labels = Array.from({ length: 20 }, () => field(2, [...value(2, 1), ...field(3, value(2, 3))]));
  for (const samples of [stacks, labels]) {
    const bytes = profileWith([...named, ...samples], table);
    expect(outcome(bytes, { ...defaultPprofLimits, maxStackText: 20_000 })).toBe('read');
    expect(outcome(bytes, { ...defaultPprofLimits, maxStackText: 19_999 })).toBe('pprof.limit');
    expect(outcome(bytes, { ...defaultPprofLimits, maxStringLength: 999 })).toBe('pprof.limit');
  }
});
