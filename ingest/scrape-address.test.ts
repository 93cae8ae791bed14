import { expect, test } from 'vitest';
import { checkHost } from '@/lib/scrape-address';
import { endpointUrl, fetchEndpoint } from './pprof-endpoint';
import { guardedLookup } from './scrape-address';

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
