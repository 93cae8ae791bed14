import { expect, test } from 'vitest';
import { lookBackText } from './look-back';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test('a look-back is compared with the scrape interval, and one that is not told is not guessed', () => {
  expect(plain(lookBackText(30_000, 10_000))).toBe(
    'the recorder looks back 30 s, longer than the 10 s between scrapes',
  );
  for (const ms of [5_000, 10_000])
    expect(plain(lookBackText(ms, 10_000))).toMatch(/looks back \d+ s only, not longer than the 10 s between scrapes/);
  expect(plain(lookBackText(undefined, 10_000))).toContain('is not told; it has to be longer than 10 s');
});
