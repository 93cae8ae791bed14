import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { diffSchema } from '@/lib/query/api/diff';
import { runCommand } from '../tests/support/run-command';

const folder = 'tests/fixtures/ci';
const verdicts = z
  .record(z.string(), z.enum(['none', 'regression']))
  .parse(JSON.parse(readFileSync(`${folder}/verdicts.json`, 'utf8')));

async function compare(base: string, head: string) {
  const { stdout, stderr, code } = await runCommand([
    'ci',
    'compare',
    '--base',
    base,
    '--head',
    head,
    '--json',
    '--gate',
  ]);
  expect(stderr).toBe('');
  return { code, document: diffSchema.parse(JSON.parse(stdout)) };
}

describe('ci compare on recorded runs of a real Go program', () => {
  test.each(Object.entries(verdicts))('%s: %s', async (name, verdict) => {
    const { code, document } = await compare(`${folder}/${name}/base`, `${folder}/${name}/head`);
    expect(document.runs).toEqual({ base: 10, head: 10, interleaved: true });
    expect([document.verdict === 'regression', code]).toEqual(verdict === 'regression' ? [true, 1] : [false, 0]);
  });

  test('a longer hold is told as waiting for that lock, with who waits and who holds it', async () => {
    const { document } = await compare(`${folder}/longer-hold/base`, `${folder}/longer-hold/head`);
    expect(document.locks[0]).toMatchObject({
      name: 'hotmap.(*MutexMap)',
      verdict: 'regression',
      holder: { function: expect.stringMatching(/\(\*MutexMap\)\.Set$/) },
    });
  });

  test('the new function that costs the time comes first among what got worse in CPU', async () => {
    const { document } = await compare(`${folder}/more-cpu/base`, `${folder}/more-cpu/head`);
    const worse = document.sites.filter(({ metric, verdict }) => metric === 'cpu' && verdict === 'regression');
    expect(worse[0]).toMatchObject({ presence: 'new', site: { function: expect.stringMatching(/\.rounded$/) } });
  });

  test('the same change the other way round made the lock better and nothing worse', async () => {
    const { document } = await compare(`${folder}/longer-hold/head`, `${folder}/longer-hold/base`);
    expect(document.locks[0]).toMatchObject({ name: 'hotmap.(*MutexMap)', verdict: 'improved' });
    expect(document.sites.filter(({ verdict }) => verdict === 'regression')).toEqual([]);
  });
});
