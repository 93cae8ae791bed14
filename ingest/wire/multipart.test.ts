import { expect, test } from 'vitest';
import { recordedRequest } from '@/tests/support/recorded-request';
import { parseMultipart } from './multipart';

const parse = (body: string, type = 'multipart/form-data; boundary=xyz') =>
  parseMultipart(Buffer.from(body, 'latin1'), type).map(({ name, filename, bytes }) => [
    name,
    filename,
    bytes.toString('latin1'),
  ]);
const part = (headers: string, content: string) => `--xyz\r\n${headers}\r\n\r\n${content}\r\n`;

test('takes the parts of a recorded form apart as the platform does', async () => {
  const { headers, body } = recordedRequest('go-block');
  const type = headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const expected = new Map<string, Buffer>();
  for (const [name, value] of form)
    if (value instanceof File) expected.set(name, Buffer.from(await value.arrayBuffer()));
  const parts = new Map(parseMultipart(body, type).map(({ name, bytes }) => [name, bytes]));
  expect([...parts.keys()]).toEqual(['profile', 'sample_type_config']);
  expect(parts).toEqual(expected);
});

test('content may hold line breaks, dashes and what looks like another boundary', () => {
  const content = '\r\n--xy\r\n\x00\xff--\r\n';
  expect(parse(`${part('Content-Disposition: form-data; name="a"', content)}--xyz--`)).toEqual([
    ['a', undefined, content],
  ]);
});

test('headers in any case and order, a quoted boundary, a preamble, parts without content', () => {
  const headers = 'content-type: x/y\r\nCONTENT-DISPOSITION: form-data; filename="f.pprof"; name="p"';
  const body = `preamble\r\n${part(headers, '')}--xyz--\r\nepilogue`;
  expect(parse(body, 'multipart/form-data; charset=x; boundary="xyz"')).toEqual([['p', 'f.pprof', '']]);
});

test.each([
  ['no boundary named', 'x', 'multipart/form-data', 'names no boundary'],
  ['boundary that does not occur', 'x', 'multipart/form-data; boundary=xyz', 'does not occur'],
  ['boundary inside a line', '--xyzabc', 'multipart/form-data; boundary=xyz', 'not followed by a line break'],
  [
    'headers without end',
    '--xyz\r\nContent-Disposition: form-data; name="a"',
    'multipart/form-data; boundary=xyz',
    'without end of headers',
  ],
  [
    'part without name',
    part('Content-Disposition: form-data', 'x'),
    'multipart/form-data; boundary=xyz',
    'without closing boundary',
  ],
  [
    'no closing boundary',
    part('Content-Disposition: form-data; name="a"', 'x'),
    'multipart/form-data; boundary=xyz',
    'without closing boundary',
  ],
  ['name missing', `${part('Content-Type: x/y', 'x')}--xyz--`, 'multipart/form-data; boundary=xyz', 'without a name'],
  [
    'too many parts',
    `${part('Content-Disposition: form-data; name="a"', '').repeat(17)}--xyz--`,
    'multipart/form-data; boundary=xyz',
    'more than 16 parts',
  ],
])('%s is refused', (_what, body, type, message) => {
  expect(() => parse(body, type)).toThrow(
    expect.objectContaining({ code: 'ingest.multipart', message: expect.stringContaining(message) }),
  );
});
