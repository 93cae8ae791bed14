import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { accessPolicy } from '@/lib/access/policy';
import { createEventStreams } from '@/lib/http/events';
import { listen } from '@/lib/http/listen';
import { localPath } from '@/lib/http/login';
import { createListener, type Routes } from '@/lib/http/routes';
import { type Drain, drainOf } from '@/lib/http/stop';
import { createLiveHub } from '@/lib/live';
import { unixMs } from '@/lib/units';

const tokens = { token: 'page-token', ingestToken: 'push-token' };
const none = { token: undefined, ingestToken: undefined };
const open: Drain[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((drain) => drain()));
});

/** A listening server whose pages and ingest answer with their own names. */
async function serve(change: Partial<Routes> = {}, secrets: typeof tokens | typeof none = none): Promise<string> {
  const server = createServer(
    createListener({
      policy: accessPolicy({ host: '127.0.0.1', allowedHosts: undefined, ...secrets }),
      development: false,
      ingest: { handles: (url) => url.startsWith('/ingest'), handle: async (_, res) => void res.end('ingest') },
      pages: async (req, res) =>
        void res.end(`page ${req.headers['x-nonce'] === undefined ? 'without' : 'with'} nonce`),
      events: createEventStreams(createLiveHub()),
      unready: async () => undefined,
      noteRefused: () => {},
      metrics: async () => [],
      ...change,
    }),
  );
  open.push(drainOf(server));
  return listen(server, '127.0.0.1', 0);
}
const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  redirect: 'manual',
  body: new URLSearchParams(fields),
});
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

test('routes probes, ingest and pages; only pages carry a policy with the nonce', async () => {
  const address = await serve();
  expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok\n');
  expect(await (await fetch(`${address}/ingest?name=a`, { method: 'POST' })).text()).toBe('ingest');
  const page = await fetch(`${address}/services/orders`);
  expect(await page.text()).toBe('page with nonce');
  expect(page.headers.get('content-security-policy')).toMatch(
    /script-src 'self' 'nonce-[\w+/=]{20,}';.*frame-ancestors 'none'/,
  );
  expect(page.headers.get('x-frame-options')).toBe('DENY');
});

test('says why it is not ready, with 503', async () => {
  const address = await serve({ unready: async () => 'the disk is full' });
  const answer = await fetch(`${address}/readyz`);
  expect([answer.status, await answer.text()]).toEqual([503, 'the disk is full\n']);
});

test('refuses a foreign Host before anything else, in the words of each protocol', async () => {
  const address = await serve();
  const ask = (path: string) =>
    new Promise<string>((resolve, reject) => {
      request(`${address}${path}`, { headers: { Host: 'evil.example' } }, (res) => {
        res
          .setEncoding('utf8')
          .on('data', (text) => resolve(`${res.statusCode} ${res.headers['content-type']} ${text}`));
      })
        .on('error', reject)
        .end();
    });
  expect(await ask('/')).toMatch(/^403 application\/problem\+json .*"code":"access.host"/);
  expect(await ask('/ingest')).toMatch(/^403 application\/json \{"code":"permission_denied"/);
});

test('a refused client may send its whole body first, and one that never ends it is answered all the same', async () => {
  const address = await serve({}, tokens);
  const large = await fetch(`${address}/ingest`, { method: 'POST', body: new Uint8Array(8 * 2 ** 20) });
  expect([large.status, await large.json()]).toEqual([401, expect.objectContaining({ code: 'unauthenticated' })]);
  const slow = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(`${address}/ingest`, { method: 'POST' }, (res) => {
      resolve(res.resume().statusCode);
      sending.end('the rest, after the answer');
    });
    sending.on('error', reject);
    sending.write('some');
  });
  expect(slow).toBe(401);
});

test('a client that sends for longer than a moment reads why it is refused', async () => {
  const { port } = new URL(await serve({}, tokens));
  const socket = connect(Number(port), '127.0.0.1');
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  socket.write(`POST /ingest HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 3000000\r\n\r\n`);
  for (let sent = 0; sent < 30; sent++) {
    socket.write(Buffer.alloc(100_000));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 401 /);
  expect(failure).toBeUndefined();
});

test('refuses request targets that are no path of its own', async () => {
  const { port } = new URL(await serve({}, tokens));
  for (const path of ['//a/login', 'http://a/login', '*', '/services/%zz', '/services/%ff']) {
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path }, (res) => resolve(res.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect([path, status]).toEqual([path, 400]);
  }
});

test('what only reads answers 405 with the methods it has, and HEAD of the live stream ends', async () => {
  const address = await serve();
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/v1/events', '/api/v1/services']) {
    const answer = await fetch(address + path, { method: 'DELETE' });
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
    expect(await answer.json()).toMatchObject({ status: 405, code: 'request.method' });
    expect([path, (await fetch(address + path, { method: 'HEAD' })).status]).toEqual([path, 200]);
  }
  const trace = `${address}/api/v1/traces/0123456789abcdef`;
  for (const [path, method] of [
    ['', 'DELETE'],
    ['/cancel', 'POST'],
    ['/../../targets/1/arm', 'DELETE'],
  ] as const)
    expect((await fetch(trace + path, { method })).status).toBe(200);
  const wrong = await fetch(`${trace}/cancel`);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(`${address}/settings`, { method: 'POST' })).status).toBe(200);
});

test('asks for credentials: problem for the API, protocol error for ingest, login page for a browser', async () => {
  const address = await serve({}, tokens);
  const api = await fetch(`${address}/api/v1/services`);
  expect([api.status, api.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="lockscope"']);
  expect(await (await fetch(`${address}/ingest`, { method: 'POST' })).json()).toMatchObject({
    code: 'unauthenticated',
  });
  const page = await fetch(`${address}/?a=1`, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=%2F%3Fa%3D1']);
  expect((await fetch(`${address}/metrics`)).status).toBe(401);
  expect((await fetch(`${address}/metrics`, bearer('page-token'))).status).toBe(200);
});

test('tells the pages who is a guest, whatever the client claims', async () => {
  const pages: Routes['pages'] = async (req, res) => void res.end(`guest ${req.headers['x-lockscope-guest']}`);
  const address = await serve({ pages }, tokens);
  const ask = async (path: string, headers: Record<string, string>) =>
    (await fetch(`${address}${path}`, { headers: { 'X-Lockscope-Guest': '0', ...headers } })).text();
  expect(await ask('/login', {})).toBe('guest 1');
  expect(await ask('/', { Authorization: 'Bearer page-token' })).toBe('guest 0');
});

test('login turns the token into a cookie that opens pages', async () => {
  const address = await serve({}, tokens);
  const answer = await fetch(`${address}/login`, form({ token: 'page-token', next: '/services/a?b=c' }));
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/services/a?b=c']);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
  expect(cookie).not.toContain('page-token');
  expect((await fetch(`${address}/`, { headers: { Cookie: cookie.split(';')[0] ?? '' } })).status).toBe(200);
});

test('a wrong token leads back to the login page and sets nothing', async () => {
  const address = await serve({}, tokens);
  const answer = await fetch(`${address}/login`, form({ token: 'push-token', next: '//evil.example' }));
  expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual(['/login?error=1&next=%2F', null]);
});

test('a next that leads away becomes the start page', () => {
  const texts = ['/a?b=c#d', '/', '//evil', '/\\evil', 'https://evil', '', '/a\nb', '\\\\evil'];
  expect(texts.map(localPath)).toEqual(['/a?b=c#d', '/', '/', '/', '/', '/', '/', '/']);
});

test('notes every refusal by its code: Host, Origin, missing and wrong credentials, a wrong login', async () => {
  const noted: string[] = [];
  const address = await serve({ noteRefused: (code) => noted.push(code) }, tokens);
  await fetch(`${address}/metrics`);
  await fetch(`${address}/ingest`, { method: 'POST', ...bearer('page-token') });
  await fetch(`${address}/login`, form({ token: 'wrong', next: '/' }));
  await fetch(`${address}/api/v1/services`, {
    headers: { ...bearer('page-token').headers, Origin: 'http://evil.example' },
  });
  await fetch(`${address}/api/v1/services`, bearer('page-token'));
  expect(noted).toEqual(['access.unauthenticated', 'access.unauthenticated', 'access.login', 'access.origin']);
});

test('prints metrics in the Prometheus text format, labels escaped', async () => {
  const address = await serve({
    metrics: async () => [
      {
        name: 'lockscope_refused_total',
        help: 'Refused.',
        type: 'counter',
        values: [{ labels: { code: 'a"b\\c\n' }, value: 3 }],
      },
    ],
  });
  expect(await (await fetch(`${address}/metrics`)).text()).toBe(
    '# HELP lockscope_refused_total Refused.\n# TYPE lockscope_refused_total counter\nlockscope_refused_total{code="a\\"b\\\\c\\n"} 3\n',
  );
});

test('streams the newest window of each service, coalesced, and ends with the server', async () => {
  const live = createLiveHub(20);
  live.notify('orders', unixMs(1_000));
  const events = createEventStreams(live);
  const address = await serve({ events });
  const answer = await fetch(`${address}/api/v1/events`);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) text += (await reader?.read())?.value ?? '';
  };
  await until('1970-01-01T00:00:01.000Z');
  for (let at = 2_000; at <= 9_000; at += 1_000) live.notify('orders', unixMs(at));
  live.notify('orders', unixMs(500));
  await until('1970-01-01T00:00:09.000Z"}]}\n\n');
  expect(text.match(/event: newest/g)).toHaveLength(2);
  events.close();
  expect((await reader?.read())?.done).toBe(true);
});

test('a handler that throws becomes a 500 that tells nothing', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const address = await serve({ pages: () => Promise.reject(new Error('secret path')) });
  const answer = await fetch(`${address}/`);
  expect([answer.status, (await answer.text()).includes('secret')]).toEqual([500, false]);
  expect(printed).toHaveBeenCalledOnce();
  printed.mockRestore();
});

test('a client that does not read its answer holds a stopping server for the grace time only', async () => {
  const pages: Routes['pages'] = async (_, res) => void res.end(Buffer.alloc(64 * 2 ** 20));
  const address = await serve({ pages });
  const answer = await fetch(address);
  const started = Date.now();
  await Promise.all(open.splice(0).map((drain) => drain(500)));
  expect(Date.now() - started).toBeLessThan(3_000);
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test('an answer under way is sent to its end before the server stops', async () => {
  const size = 64 * 2 ** 20;
  const address = await serve({ pages: async (_, res) => void res.end(Buffer.alloc(size)) });
  const answer = await fetch(address);
  const stopped = Promise.all(open.splice(0).map((drain) => drain()));
  expect((await answer.arrayBuffer()).byteLength).toBe(size);
  await stopped;
});

test('an open web socket does not hold a stopping server', async () => {
  const server = createServer().on('upgrade', (_, socket) => {
    socket
      .on('error', () => {})
      .write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const drain = drainOf(server);
  const { port } = new URL(await listen(server, '127.0.0.1', 0));
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  expect(String(await once(socket, 'data'))).toContain('101');
  const closed = once(socket, 'close');
  const started = Date.now();
  await drain();
  await closed;
  expect(Date.now() - started).toBeLessThan(2_000);
});

test('a port in use is named with what to change', async () => {
  const port = Number(new URL(await serve()).port);
  await expect(listen(createServer(), '127.0.0.1', port)).rejects.toMatchObject({
    code: 'server.port',
    message: `port ${port} on 127.0.0.1 is in use: set LOCKSCOPE_PORT or --port`,
  });
});
