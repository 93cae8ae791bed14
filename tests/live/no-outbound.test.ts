import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { hasProgram } from '@/tests/support/has-program';
import { pushProfile } from '@/tests/support/push-profile';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-outbound-'));
});
afterEach(async () => {
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasProgram('strace'))('connects to nobody that was not configured (skipped without strace)', async () => {
  const trace = join(folder, 'trace');
  const server = await startBuiltServer(
    { LOCKSCOPE_DATA: join(folder, 'data') },
    { wrapper: ['strace', '-D', '--seccomp-bpf', '-f', '-q', '-e', 'trace=connect,sendto', '-o', trace] },
  );
  expect((await pushProfile(server.url, 'pod', Date.now())).status).toBe(200);
  for (const path of ['/', '/services/crash', '/connect', '/settings']) {
    const answer = await fetch(server.url + path);
    await answer.arrayBuffer();
    expect([path, answer.status]).toEqual([path, 200]);
  }
  expect(await server.end('SIGTERM')).toBe(0);
  const traced = readFileSync(trace, 'utf8').split('\n');
  expect(traced.length).toBeGreaterThan(1); // the trace works: at least the end of a thread is in it
  expect(traced.filter((line) => /AF_INET6?/.test(line))).toEqual([]);
});
