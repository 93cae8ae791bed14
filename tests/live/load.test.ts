import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-load-'));
});
afterEach(async () => {
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

const perSecond = 250;
const pods = 48;
const windowMs = 10_000;
const loads = 30;

const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/go/ordersvc-go1.23-bad/w3-${name}.pb.gz`, import.meta.url));
const boundary = 'lockscope-load';
/** The multipart body that pyroscope-go sends, made once: the load must not cost more than the server. */
const body = (kind: 'block' | 'mutex') =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="profile"; filename="profile.pprof"\r\n\r\n`),
    recorded(kind),
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Disposition: form-data; name="sample_type_config"; filename="c.json"\r\n\r\n` +
        `{"contentions":{"display-name":"${kind}_count"},"delay":{"display-name":"${kind}_duration"}}\r\n--${boundary}--\r\n`,
    ),
  ]);
const bodies = [body('block'), body('mutex')];

/** Sends profiles at an even pace over kept connections until told to stop; says how many were answered, and how. */
function pushEvenly(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const answers = new Map<number, number>();
  const started = Date.now();
  const newest = Math.floor(started / windowMs) * windowMs;
  let sent = 0;
  const send = (number: number) =>
    new Promise<void>((resolve) => {
      // Windows of 10 s, pod by pod, block and mutex, one slot after the other into the past.
      const slot = Math.floor(number / (pods * bodies.length));
      const until = newest - slot * windowMs;
      const name = encodeURIComponent(`orders{pod=orders-${number % pods}}`);
      const path = `/ingest?name=${name}&spyName=gospy&from=${until - windowMs}&until=${until}`;
      const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
      request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
        const status = response.statusCode ?? 0;
        answers.set(status, (answers.get(status) ?? 0) + 1);
        response.resume().on('end', resolve);
      }).end(bodies[Math.floor(number / pods) % bodies.length]);
    });
  const pending = new Set<Promise<void>>();
  const timer = setInterval(() => {
    for (const due = ((Date.now() - started) / 1_000) * perSecond; sent < due; sent++) {
      const one = send(sent).then(() => void pending.delete(one));
      pending.add(one);
    }
  }, 4);
  return {
    async stop() {
      clearInterval(timer);
      const seconds = (Date.now() - started) / 1_000;
      await Promise.all(pending);
      agent.destroy();
      return { answers: [...answers], perSecond: (answers.get(200) ?? 0) / seconds };
    },
  };
}

// How fast is measured in bench/page-load.ts; here the numbers are only printed.
test(`the overview names the service in ${loads} loads while ${perSecond} profiles a second come in and none is refused`, async () => {
  const server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'data') });
  const pushing = pushEvenly(server.url);
  await sleep(3_000);
  const times: number[] = [];
  for (let count = 0; count < loads; count++) {
    const started = performance.now();
    const answer = await fetch(`${server.url}/`, { headers: { Accept: 'text/html' } });
    expect(await answer.text()).toContain('orders');
    times.push(performance.now() - started);
    await sleep(100);
  }
  const pushed = await pushing.stop();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * loads) - 1] ?? Number.NaN);
  const said = `${Math.round(pushed.perSecond)} profiles/s stored, overview p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)} ms`;
  console.log(said);
  expect(pushed.answers.map(([status]) => status)).toEqual([200]);
});
