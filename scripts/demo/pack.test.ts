import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildMultipart, parseMultipart } from './multipart';
import type { RecordedRequest } from './pack';
import { inflate, readPack, writePack } from './pack';

const FAST = 1;
const start = new Date('2026-01-02T03:04:05.000Z');

function upload(arrival: number, profile: string): RecordedRequest {
  const part = { filename: 'profile.pprof', contentType: 'application/octet-stream' };
  return {
    arrival,
    query: `from=1795556660000000000&name=a%7Bpod%3Dp${arrival % 2}%7D&sampleRate=0&until=1795556670000000000`,
    headers: { 'user-agent': 'Go-http-client/1.1' },
    parts: [
      { name: 'profile', ...part, body: Buffer.from(profile) },
      { name: 'sample_type_config', ...part, body: Buffer.from('{"delay":{"display-name":"block_duration"}}') },
    ],
  };
}

test('reads back what it wrote, in the order it was given', () => {
  const requests = [upload(3, 'three'), upload(1, 'one'), upload(2, ''), upload(4, 'one')];
  expect(readPack(writePack({ start, requests }, FAST))).toEqual({ start, requests });
});

test('stores equal bodies once', () => {
  const noise = Array.from({ length: 4000 }, (_, index) => Math.imul(index, 2_654_435_761) >>> 0).join();
  const one = writePack({ start, requests: [upload(0, noise)] }, FAST).length;
  const many = writePack({ start, requests: [0, 1, 2, 3].map((arrival) => upload(arrival, noise)) }, FAST).length;
  expect(many - one).toBeLessThan(200);
});

test('refuses a pack that is cut off', () => {
  const pack = writePack({ start, requests: [upload(0, 'x'.repeat(1000))] }, FAST);
  expect(() => readPack(pack.subarray(0, pack.length - 4))).toThrow();
});

test('takes the gzip layer off, if there is one', () => {
  expect(inflate(gzipSync('pprof'))).toEqual(Buffer.from('pprof'));
  expect(inflate(Buffer.from('pprof'))).toEqual(Buffer.from('pprof'));
});

test('takes a form apart and puts it together byte for byte as Go writes it', () => {
  // Written by mime/multipart of Go 1.26 as pyroscope-go uses it; the body holds a line that looks like a boundary.
  const body = Buffer.from(
    [
      '--9f2c',
      'Content-Disposition: form-data; name="profile"; filename="profile.pprof"',
      'Content-Type: application/octet-stream',
      '',
      'a\r\n--9f2',
      '--9f2c',
      'Content-Disposition: form-data; name="sample_type_config"; filename="sample_type_config.json"',
      'Content-Type: application/octet-stream',
      '',
      '{}',
      '--9f2c--',
      '',
    ].join('\r\n'),
  );
  const parts = parseMultipart(body, 'multipart/form-data; boundary=9f2c');
  expect(parts.map((part) => [part.name, part.filename, part.contentType, part.body.toString()])).toEqual([
    ['profile', 'profile.pprof', 'application/octet-stream', 'a\r\n--9f2'],
    ['sample_type_config', 'sample_type_config.json', 'application/octet-stream', '{}'],
  ]);
  expect(buildMultipart(parts, '9f2c')).toEqual({ body, contentType: 'multipart/form-data; boundary=9f2c' });
});

test('refuses a form that is not closed', () => {
  const form = buildMultipart([{ name: 'a', filename: 'b', contentType: 'c', body: Buffer.from('d') }], 'x').body;
  expect(() => parseMultipart(form.subarray(0, -6), 'multipart/form-data; boundary=x')).toThrow('is not closed');
});
