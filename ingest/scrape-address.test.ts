import { expect, test } from 'vitest';
import { endpointUrl, fetchEndpoint } from './pprof-endpoint';
import { checkHost, guardedLookup, isForbiddenAddress } from './scrape-address';

test.each([
  ['169.254.169.254', true],
  ['169.254.0.1', true],
  ['::ffff:169.254.169.254', true],
  ['::ffff:a9fe:a9fe', true],
  ['64:ff9b::a9fe:a9fe', true],
  ['2002:a9fe:a9fe::1', true],
  ['fe80::1', true],
  ['febf::1', true],
  ['fd00:ec2::254', true],
  ['100.100.100.200', true],
  ['no address', true],
  ['127.0.0.1', false],
  ['10.0.0.7', false],
  ['192.168.1.1', false],
  ['::1', false],
  ['fd00::7', false],
  ['8.8.8.8', false],
])('%s is forbidden: %s', (address, forbidden) => {
  expect(isForbiddenAddress(address)).toBe(forbidden);
});

test.each([
  'http://169.254.169.254/latest',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://[fe80::1]:6060/',
  'http://[::ffff:169.254.169.254]/',
])('a URL that names a metadata address is refused: %s', async (text) => {
  const url = new URL(text);
  expect(() => checkHost(url)).toThrow(/never scraped/);
  await expect(async () => fetchEndpoint(url, { maxBytes: 10, timeoutMs: 10 })).rejects.toMatchObject({
    code: 'scrape.address',
  });
});

test('a name is resolved and passes when none of its addresses is forbidden', async () => {
  const address = await new Promise((resolve, reject) => {
    guardedLookup('localhost', {}, (error, found) => (error ? reject(error) : resolve(found)));
  });
  expect(['127.0.0.1', '::1']).toContain(address);
});

test('the address of a profile is found below the root and below the pprof folder', () => {
  expect(endpointUrl('http://h:6060', 'block').href).toBe('http://h:6060/debug/pprof/block');
  expect(endpointUrl('http://h/sub/', 'profile?seconds=9').href).toBe('http://h/sub/debug/pprof/profile?seconds=9');
  expect(endpointUrl('http://h/debug/pprof/', 'mutex').href).toBe('http://h/debug/pprof/mutex');
});
