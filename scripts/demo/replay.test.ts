import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Profile, StringTable } from 'pprof-format';
import { afterEach, expect, test } from 'vitest';
import type { Recording } from './pack';
import { startReceiver } from './receiver';
import { replayPack } from './replay';

const start = new Date('2026-11-24T21:44:25.000Z');
const now = Date.parse('2027-01-01T00:00:00Z');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Two pods, three windows of 10 s each, in the order of arrival. */
function twoPods(): Recording {
  const requests = [1, 2, 3].flatMap((window) =>
    ['a', 'b'].map((pod) => {
      const end = BigInt(start.getTime() + window * 10_000) * 1_000_000n;
      const profile = new Profile({ stringTable: new StringTable(), timeNanos: end });
      return {
        arrival: window * 10_000,
        query: `from=${end - 10_000_000_000n}&name=shop%7Bpod%3D${pod}%7D&until=${end}`,
        headers: { 'user-agent': 'Go-http-client/1.1' },
        parts: [
          {
            name: 'profile',
            filename: 'profile.pprof',
            contentType: 'application/octet-stream',
            body: Buffer.from(profile.encode()),
          },
        ],
      };
    }),
  );
  return { start, requests };
}

test('sends every upload again, each series in order, the last window ending just before now', async () => {
  const receiver = await startReceiver(start);
  closers.push(receiver.close);
  const result = await replayPack({ url: receiver.url, now, gapMs: 2000, recording: twoPods() });
  expect(receiver.refused).toEqual([]);
  expect(result).toMatchObject({
    requests: 6,
    retries: 0,
    end: now - 2000,
    start: now - 32_000,
    pods: ['a', 'b'],
    services: ['shop'],
  });
  for (const pod of result.pods) {
    const sent = receiver.requests.filter((request) => request.query.includes(`pod%3D${pod}`));
    expect(sent.map((request) => new URLSearchParams(request.query).get('until'))).toEqual(
      [22_000, 12_000, 2000].map((before) => String(BigInt(now - before) * 1_000_000n)),
    );
    const times = sent.map((request) => Profile.decode(request.parts[0]?.body ?? Buffer.alloc(0)).timeNanos);
    expect(times.map(String)).toEqual(sent.map((request) => new URLSearchParams(request.query).get('until')));
  }
});

test('waits out a 429, sends the token, and stops at any other answer', async () => {
  const answers = [429, 200, 503];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    request.resume().on('end', () => response.writeHead(answers.shift() ?? 200, { 'retry-after': '0' }).end('busy'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  const options = { url: `http://127.0.0.1:${port}`, token: 'secret', now, concurrency: 1, recording: twoPods() };
  await expect(replayPack(options)).rejects.toThrow('answered 503: busy');
  expect(tokens).toEqual(['Bearer secret', 'Bearer secret', 'Bearer secret']);
});
