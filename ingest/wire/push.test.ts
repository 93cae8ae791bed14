import { expect, test } from 'vitest';
import { message } from '@/tests/support/pprof-message';
import { encodePush } from '@/tests/support/push-request';
import { readPushJson, readPushProto } from './push';

const text = (profiles: ReturnType<typeof readPushProto>) =>
  profiles.map(
    ({ bytes, labels }) => `${Buffer.from(bytes).toString()} ${labels.map((pair) => pair.join('=')).join(',')}`,
  );

test('every sample of every series, in order, with the labels of its series', () => {
  const body = encodePush([
    { labels: { service_name: 'a', pod: '1' }, profiles: [Buffer.from('one'), Buffer.from('two')] },
    { labels: {}, profiles: [Buffer.from('three')] },
  ]);
  expect(text(readPushProto(body))).toEqual(['one service_name=a,pod=1', 'two service_name=a,pod=1', 'three ']);
});

test('unknown fields of every wire type are skipped, labels may come after the samples', () => {
  const body = message(({ varint, bytes, text: field }) => [
    varint(9, 7),
    [(10 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8],
    [(11 << 3) | 5, 1, 2, 3, 4],
    bytes(1, [
      bytes(2, [field(1, 'raw'), field(2, 'id')]),
      bytes(1, [field(1, 'pod'), field(2, 'a')]),
      bytes(3, [field(1, 'note')]),
    ]),
  ]);
  expect(text(readPushProto(Buffer.from(body)))).toEqual(['raw pod=a']);
});

test('nothing at all is a request without profiles', () => {
  expect(readPushProto(Buffer.alloc(0))).toEqual([]);
  expect(readPushJson(Buffer.from('{}'))).toEqual([]);
});

test.each([
  ['a length beyond the end', [0x0a, 0x05, 0x00]],
  ['a number cut off', [0x0a, 0xff]],
  ['a number without end', [0x0a, ...Array(11).fill(0xff)]],
  ['field number 0', [0x02, 0x00]],
  ['a group', [0x0b]],
  ['a fixed64 cut off', [0x09, 1, 2]],
])('%s is refused with the byte', (_what, bytes) => {
  expect(() => readPushProto(Buffer.from(bytes))).toThrow(
    expect.objectContaining({ code: 'ingest.request', place: expect.stringMatching(/^byte \d+ of PushRequest$/) }),
  );
});

test('JSON: base64, and errors name the field', () => {
  const series = [
    { labels: [{ name: 'pod', value: 'a' }], samples: [{ rawProfile: Buffer.from('raw').toString('base64') }] },
  ];
  expect(text(readPushJson(Buffer.from(JSON.stringify({ series }))))).toEqual(['raw pod=a']);
  expect(() => readPushJson(Buffer.from('{'))).toThrow('the body is no JSON');
  const broken = { series: [{ samples: [{ rawProfile: '!' }] }] };
  expect(() => readPushJson(Buffer.from(JSON.stringify(broken)))).toThrow(
    expect.objectContaining({ place: 'series.0.samples.0.rawProfile' }),
  );
});

test.each([
  ['rawProfile', 'base64'],
  ['raw_profile', 'base64'],
  ['rawProfile', 'base64url'],
] as const)('JSON: %s in %s, as any ProtoJSON writer may send it', (name, alphabet) => {
  const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0x01]);
  const series = [{ samples: [{ [name]: bytes.toString(alphabet), ID: '1' }] }];
  expect(readPushJson(Buffer.from(JSON.stringify({ series })))[0]?.bytes).toEqual(bytes);
});
