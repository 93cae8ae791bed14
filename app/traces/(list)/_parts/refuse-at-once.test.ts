import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { refuseAtOnce } from './refuse-at-once';

const traces = new URL('../../../../tests/fixtures/gotrace/traces/', import.meta.url);
const MiB = 1024 * 1024;

async function refused(file: URL | string, mostBytes = MiB): Promise<string | undefined> {
  return refuseAtOnce(new Blob([typeof file === 'string' ? file : await readFile(file)]), mostBytes);
}

test.each(['locks-go1.22', 'locks-go1.26', 'recorder-go1.26'])('%s is sent', async (name) => {
  expect(await refused(new URL(`${name}.trace`, traces))).toBeUndefined();
});

test('a trace of Go 1.21 is told what to do before a byte is sent', async () => {
  expect(await refused(new URL('locks-go1.21.trace', traces))).toContain(
    'record it again with a program built by Go 1.22',
  );
});

test('a file that is no trace, a packed one and an empty one are told apart', async () => {
  const block = new URL('../../../../tests/fixtures/go/antip-go1.23-rw-long-writer/block.pb.gz', import.meta.url);
  expect(await refused(block)).toContain('this is a gzip file');
  expect(await refused('not a trace')).toContain('no Go execution trace');
  expect(await refused('')).toBe('the file is empty');
});

test('a file above the limit says both sizes and the name of the limit', async () => {
  const said = await refused(new URL('locks-go1.26.trace', traces), 1024);
  expect(said?.replaceAll(/\s/g, ' ')).toBe('269 KiB are more than the 1 KiB that this server takes (limits.trace)');
});
