import { expect, test } from 'vitest';
import { analyseText, type LocksText } from '../../tests/support/locks-from-text';

function conservationOf(waited: string, charged: string, more: LocksText = {}, window = '0s..10s') {
  const [entry] = analyseText({
    block: `block 0s..10s\ncontentions delay stack\n${waited} sync.(*Mutex).Lock ; a.(*L).Add l.go:2 ; main.main`,
    mutex: `mutex ${window}\ncontentions delay stack\n${charged} sync.(*Mutex).Unlock ; a.(*L).Add l.go:3 ; main.main`,
    ...more,
  }).locks;
  return entry?.conservation;
}

test('both records of the same waits agree within 0.8 to 1.25, borders included', () => {
  expect(conservationOf('100 10s', '80 12500ms')).toMatchObject({
    verdict: 'agree',
    delayRatio: 1.25,
    countRatio: 0.8,
  });
  expect(conservationOf('100 10s', '79 10s')?.verdict).toBe('differ');
  expect(conservationOf('100 10s', '100 12510ms')?.verdict).toBe('differ');
});

test('stolen permits and waiters elsewhere are told apart', () => {
  expect(conservationOf('100 10s', '50 2s')?.why).toContain('taken by others first');
  expect(conservationOf('100 10s', '100 50s')?.why).toContain('further waiters elsewhere');
});

test.each([
  ['Go up to 1.21 counts another thing', { goVersions: ['go1.21.13'] }, 'up to Go 1.21'],
  ['the two meanings are never mixed', { goVersions: ['go1.21.13', 'go1.23.5'] }, 'before and after 1.22'],
  ['an unknown version could be either', { goVersions: [] }, 'Go version is not known'],
  ['a fraction above 1 is a lottery', { mutexFraction: 10 }, 'fraction 10'],
  ['an unknown fraction may be above 1', { mutexFraction: undefined }, 'fraction is not known'],
])('not comparable: %s', (_, sampling, why) => {
  const conservation = conservationOf('100 10s', '100 10s', sampling);
  expect([conservation?.verdict, conservation?.countRatio]).toEqual(['not comparable', 1]);
  expect(conservation?.why).toContain(why);
});

test('not comparable: one profile tells its length, the other counts since its process started', () => {
  expect(conservationOf('100 10s', '100 10s', {}, '')?.why).toContain('different length');
});

test('not comparable: the two profiles cover other lengths of time', () => {
  expect(conservationOf('100 10s', '50 5s', {}, '5s..10s')?.why).toContain('different length');
});
