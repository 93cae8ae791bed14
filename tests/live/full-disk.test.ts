import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { pushProfile } from '@/tests/support/push-profile';

/** A little more than the store's reserve of 64 MiB. */
const folder = mkdtempSync(join(tmpdir(), 'lockscope-full-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=72m', 'tmpfs', folder]).status === 0;

afterEach(endStartedServers);
afterAll(() => {
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Pushes windows that differ until one is refused; how many were acknowledged, and the refusal. */
async function pushUntilRefused(url: string): Promise<{ acknowledged: number; status: number; text: string }> {
  const now = Date.now();
  for (let acknowledged = 0; ; ) {
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, number) => pushProfile(url, `pod-${number}`, now - acknowledged * 10)),
    );
    const refused = answers.find((answer) => answer.status !== 200);
    acknowledged += answers.filter((answer) => answer.status === 200).length;
    if (refused !== undefined) return { acknowledged, status: refused.status, text: await refused.text() };
  }
}
const windowsOf = async (url: string) =>
  Number(/^lockscope_store_windows (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

test.skipIf(!isMounted)(
  'a full disk: 507 and a red /readyz, pages go on, nothing acknowledged is lost (skipped without the right to mount)',
  async () => {
    const data = join(folder, 'data');
    const server = await startBuiltServer({ LOCKSCOPE_DATA: data });
    const { acknowledged, status, text } = await pushUntilRefused(server.url);
    expect([status, text]).toEqual([507, expect.stringContaining('no space left on the disk')]);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, 'the disk is full\n']);
    const block = readFileSync(new URL('../fixtures/go/ordersvc-go1.23-bad/w3-block.pb.gz', import.meta.url));
    expect((await fetch(`${server.url}/api/v1/upload`, { method: 'POST', body: block })).status).toBe(507);
    for (const path of ['/', '/services/crash', '/api/v1/services/crash/locks']) {
      expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, 200]);
    }
    expect(await server.end('SIGTERM')).toBe(0);

    const again = await startBuiltServer({ LOCKSCOPE_DATA: data });
    expect(await windowsOf(again.url)).toBeGreaterThanOrEqual(acknowledged);
  },
);
