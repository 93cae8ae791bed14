import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { withoutVersionCheck } from '@/lib/http/version-check';

const asked: string[] = [];
const guarded = withoutVersionCheck(async (input) => {
  asked.push(String(input));
  return new Response('ok');
});

test('refuses the question that the installed Next asks, and passes everything else on', async () => {
  const file = createRequire(import.meta.url).resolve('next/dist/server/dev/hot-reloader-shared-utils.js');
  const [, question] = /fetch\('(https:[^']+)'\)/.exec(readFileSync(file, 'utf8')) ?? [];
  await expect(guarded(question ?? '')).rejects.toThrow('asks nobody');
  await expect(guarded(new Request(question ?? ''))).rejects.toThrow('asks nobody');
  expect(await (await guarded('http://127.0.0.1/x')).text()).toBe('ok');
  expect(asked).toEqual(['http://127.0.0.1/x']);
});
