import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labelValue } from '@/lib/selection/selection';
import { openSampleStore } from '@/lib/store/open';
import { unixMs } from '@/lib/units';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { hasProgram } from '@/tests/support/has-program';
import { pushProfile } from '@/tests/support/push-profile';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-durability-'));
});
afterEach(async () => {
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

const kills = 20;
const clients = 8;

/** Pushes with several clients, each profile for a pod of its own, until the server is gone; adds the pods that got their 200. */
async function pushUntilGone(url: string, round: number, acknowledged: Set<string>): Promise<void> {
  const client = async (number: number) => {
    for (let count = 0; ; count++) {
      const pod = `r${round}-c${number}-n${count}`;
      try {
        const answer = await pushProfile(url, pod, Date.now());
        if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
        acknowledged.add(pod);
      } catch (error) {
        if (error instanceof TypeError) return; // the connection broke: what fetch throws for it
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
}

test(`finds every acknowledged profile after ${kills} times SIGKILL during ingest, none halved`, async () => {
  const data = join(folder, 'data');
  const acknowledged = new Set<string>();
  for (let round = 0; round < kills; round++) {
    const server = await startBuiltServer({ LOCKSCOPE_DATA: data });
    const before = acknowledged.size;
    const pushing = pushUntilGone(server.url, round, acknowledged);
    while (acknowledged.size < before + 5) await sleep(5);
    await sleep((round * 37) % 250); // another moment each time
    await server.end('SIGKILL');
    await pushing;
  }
  const store = await openSampleStore({ dir: data });
  const pods = new Set<string>();
  const contents = new Set<string>();
  const everything = { type: {}, matchers: [], from: unixMs(0), to: unixMs(Date.now() + 60_000) };
  for await (const window of store.export(everything)) {
    pods.add(labelValue(window.series.labels, 'pod'));
    contents.add(`${window.stacks.join()} ${window.counts.join()} ${window.values.join()}`);
  }
  await store.close();
  console.log(`${acknowledged.size} profiles acknowledged in ${kills} lives, ${pods.size} found`);
  expect([...acknowledged].filter((pod) => !pods.has(pod))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(kills * 5);
  expect(contents.size).toBe(1); // every push carried the same profile
});

const pushes = 100;

/** The lines of a finished trace; strace ends a moment after the program. */
async function readTrace(file: string): Promise<string[]> {
  for (;;) {
    const text = readFileSync(file, 'utf8');
    if (text.trimEnd().endsWith('+++ exited with 0 +++')) return text.split('\n');
    await sleep(20);
  }
}

test.skipIf(!hasProgram('strace'))(
  `syncs before each of ${pushes} single pushes is answered (skipped without strace)`,
  async () => {
    const trace = join(folder, 'trace');
    const server = await startBuiltServer(
      { LOCKSCOPE_DATA: join(folder, 'data') },
      {
        wrapper: [
          ...[
            'strace',
            '-D',
            '--seccomp-bpf',
            '-f',
            '-q',
            '-s',
            '24',
            '-e',
            'trace=fsync,fdatasync,write,writev',
            '-o',
            trace,
          ],
        ],
      },
    );
    for (let count = 0; count < pushes; count++) {
      expect((await pushProfile(server.url, `pod-${count}`, Date.now())).status).toBe(200);
    }
    expect(await server.end('SIGTERM')).toBe(0);
    const lines = await readTrace(trace);
    let synced = 0;
    const syncsBefore: number[] = [];
    for (const line of lines) {
      // Finished calls only: one interrupted in the listing ends in a line of its own.
      if (/(?:\bf(?:data)?sync\(\d+\)|<\.\.\. f(?:data)?sync resumed>\)?)\s*= 0/.test(line)) synced++;
      if (!/writev?\(\d+, .*HTTP\/1\.1 200 OK/.test(line)) continue;
      syncsBefore.push(synced);
      synced = 0;
    }
    console.log(
      `syncs before each answer: at least ${Math.min(...syncsBefore)}, ${syncsBefore.reduce((a, b) => a + b, 0)} in all`,
    );
    expect(syncsBefore).toHaveLength(pushes);
    expect(Math.min(...syncsBefore)).toBeGreaterThanOrEqual(1);
  },
);
