import { expect, test } from 'vitest';
import { isForbiddenAddress } from './scrape-address';

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
