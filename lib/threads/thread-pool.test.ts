import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ThreadPool } from './thread-pool';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-threads-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A pool of one thread that answers how many calls it has had. */
function countingPool(options: { readonly idleMs?: number }): ThreadPool {
  const file = join(folder, 'counting.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
     let calls = 0;
     parentPort.on('message', ({ id }) => parentPort.postMessage({ id, result: ++calls }));`,
  );
  return new ThreadPool(pathToFileURL(file), undefined, {
    threads: 1,
    longestMs: 10_000,
    codes: { closed: 'test.closed', timeout: 'test.timeout' },
    words: { call: 'count', subject: 'the counter' },
    ...options,
  });
}

test('a thread remembers from call to call', async () => {
  const pool = countingPool({});
  expect(await Promise.all([pool.call('count', []), pool.call('count', [])])).toEqual([1, 2]);
  await pool.close();
  await expect(pool.call('count', [])).rejects.toMatchObject({ code: 'test.closed', message: 'the counter is closed' });
});

test('a thread that idles is ended with what it remembers, and the next call starts another', async () => {
  const pool = countingPool({ idleMs: 1 });
  await pool.call('count', []);
  await sleep(50);
  expect(await pool.call('count', [])).toBe(1);
  await pool.close();
});
