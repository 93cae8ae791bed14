import { expect, test } from 'vitest';
import { isInFile, isTouched } from './touched';

const site = {
  id: '',
  kind: 'Mutex.Unlock',
  function: 'config.Load',
  file: '/srv/src/shop/config/config.go',
  line: 60,
};

test('a recorded path is the repository’s file when it ends in it, at a folder', () => {
  expect(isInFile('/srv/src/shop/config/config.go', 'config/config.go')).toBe(true);
  expect(isInFile('example.com/shop/config/config.go', 'config/config.go')).toBe(true);
  expect(isInFile('/srv/src/shop/myconfig/config.go', 'config/config.go')).toBe(false);
  expect(isInFile('/srv/src/shop/config/config.go', '')).toBe(false);
});

test('a function is touched from its first line to 40 lines below the site', () => {
  const touched = (line: number, startLine = 50) =>
    isTouched(site, startLine, [{ file: 'config/config.go', lines: [line] }]);
  expect([touched(49), touched(50), touched(60), touched(100), touched(101)]).toEqual([false, true, true, true, false]);
  // Without a first line, from 40 lines above the site.
  expect([touched(19, 0), touched(20, 0)]).toEqual([false, true]);
  expect(isTouched(site, 50, [{ file: 'config/other.go', lines: [60] }])).toBe(false);
});
