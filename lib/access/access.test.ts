import { describe, expect, test } from 'vitest';
import { decideAccess, type RequestFacts } from '@/lib/access/decide';
import { type AccessSettings, accessPolicy } from '@/lib/access/policy';
import { makeSession, sessionCookie, sessionMs } from '@/lib/access/session';
import { unixMs } from '@/lib/units';

const now = unixMs(1_700_000_000_000);
const settings = (change: Partial<AccessSettings> = {}): AccessSettings => ({
  host: '127.0.0.1',
  token: undefined,
  ingestToken: undefined,
  allowedHosts: undefined,
  ...change,
});
const guarded = settings({ token: 'page-token', ingestToken: 'push-token' });
const request = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'GET',
  path: '/',
  search: '',
  host: '127.0.0.1:4040',
  origin: undefined,
  authorization: undefined,
  cookie: undefined,
  wantsPage: false,
  ...change,
});
/** The decision in one word: allow, the status and code of a refusal, or where to log in. */
function decide(facts: Partial<RequestFacts>, from: AccessSettings = settings(), at = now): string {
  const decision = decideAccess(request(facts), accessPolicy(from), at);
  if (decision.kind === 'allow') return decision.guest ? 'guest' : 'allow';
  return decision.kind === 'login' ? decision.location : `${decision.status} ${decision.code}`;
}
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('where the server may listen', () => {
  test.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('%s needs no token', (host) => {
    expect(accessPolicy(settings({ host })).token).toBeUndefined();
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'profiles.example.com', '127.example.com'])('%s needs both', (host) => {
    expect(() => accessPolicy(settings({ host }))).toThrow(/LOCKSCOPE_TOKEN .* and LOCKSCOPE_INGEST_TOKEN/);
    expect(() => accessPolicy(settings({ host, token: 'page-token' }))).toThrow(/set LOCKSCOPE_INGEST_TOKEN/);
    expect(() => accessPolicy(settings({ host, ingestToken: 'push-token' }))).toThrow(/set LOCKSCOPE_TOKEN/);
    expect(accessPolicy({ ...guarded, host }).hosts).toBeUndefined();
  });
});

describe('on loopback without tokens', () => {
  test.each(['127.0.0.1:4040', 'localhost:4040', 'LOCALHOST', '[::1]:4040'])('Host %s is ours', (host) => {
    expect(decide({ host })).toBe('allow');
  });

  test.each(['evil.example', 'evil.example:4040', 'localhost.evil.example', '127.0.0.1.evil.example', '', undefined])(
    'Host %s is foreign, for pages and for ingest',
    (host) => {
      expect(decide({ host })).toBe('403 access.host');
      expect(decide({ host, path: '/ingest', method: 'POST' })).toBe('403 access.host');
    },
  );

  test.each(['https://evil.example', 'http://localhost:3000', 'http://127.0.0.1:4041', 'null', 'file://'])(
    'Origin %s is foreign',
    (origin) => {
      expect(decide({ origin, path: '/api/v1/upload', method: 'POST' })).toBe('403 access.origin');
    },
  );

  test('our own origin passes', () => {
    expect(decide({ origin: 'http://127.0.0.1:4040', method: 'POST' })).toBe('allow');
  });

  test('the address that is listened on is served whatever names are configured', () => {
    const named = { allowedHosts: ['profiles.example.com'] };
    expect(decide({ host: '127.8.8.8:4040' }, settings({ host: '127.8.8.8' }))).toBe('allow');
    expect(decide({}, settings(named))).toBe('allow');
    expect(decide({ host: '[::1]:4040', path: '/login' }, { ...guarded, ...named, host: '::' })).toBe('guest');
    expect(decide({ host: 'evil.example' }, settings(named))).toBe('403 access.host');
    expect(decide({ origin: 'http://127.0.0.1:9' }, settings(named))).toBe('403 access.origin');
  });

  test('allowed hosts replace the loopback names and are allowed as origins of a proxy', () => {
    const behindProxy = settings({ allowedHosts: ['profiles.example.com', '127.0.0.1'] });
    expect(decide({ host: 'profiles.example.com' }, behindProxy)).toBe('allow');
    expect(decide({ host: 'localhost:4040' }, behindProxy)).toBe('403 access.host');
    expect(decide({ origin: 'https://profiles.example.com' }, behindProxy)).toBe('allow');
    expect(decide({ origin: 'http://127.0.0.1:9999' }, behindProxy)).toBe('403 access.origin');
  });

  test('an allowed host may be written with a port, in capitals, or as a bare IPv6 address', () => {
    const from = settings({ allowedHosts: ['Profiles.example.com:443', '::1'] });
    expect(decide({ host: 'profiles.example.com' }, from)).toBe('allow');
    expect(decide({ host: '[::1]:4040' }, from)).toBe('allow');
  });

  test('probes answer under any name', () => {
    expect([decide({ host: '10.1.2.3:4040', path: '/healthz' }), decide({ host: 'x', path: '/readyz' })]).toEqual([
      'allow',
      'allow',
    ]);
  });
});

describe('with tokens', () => {
  const push = { method: 'POST', path: '/ingest' };

  test('each token opens its own half only', () => {
    for (const path of ['/ingest', '/ingest/', '/pyroscope/ingest', '/push.v1.PusherService/Push']) {
      expect(decide({ ...push, path, authorization: 'Bearer push-token' }, guarded)).toBe('allow');
      expect(decide({ ...push, path, authorization: 'Bearer page-token' }, guarded)).toBe('401 access.unauthenticated');
      expect(decide({ ...push, path }, guarded)).toBe('401 access.unauthenticated');
    }
    for (const path of ['/', '/metrics', '/api/v1/upload', '/api/v1/services', '/services/ingest']) {
      expect(decide({ path, authorization: 'bearer page-token' }, guarded)).toBe('allow');
      expect(decide({ path, authorization: 'Bearer push-token' }, guarded)).toBe('401 access.unauthenticated');
      expect(decide({ path }, guarded)).toBe('401 access.unauthenticated');
    }
  });

  test('takes the password of the basic form under any user name', () => {
    expect(decide({ ...push, authorization: basic('anyone:push-token') }, guarded)).toBe('allow');
    expect(decide({ ...push, authorization: basic('push-token:') }, guarded)).toBe('401 access.unauthenticated');
    expect(decide({ ...push, authorization: basic('push-token') }, guarded)).toBe('401 access.unauthenticated');
  });

  test.each([
    'Bearer',
    'Bearer ',
    'Basic !!!',
    'Digest push-token',
    'push-token',
    'Bearer push-token2',
    'Bearer push-toke',
  ])('refuses Authorization "%s"', (authorization) => {
    expect(decide({ ...push, authorization }, guarded)).toBe('401 access.unauthenticated');
  });

  test('sends a browser to the login page with the way back, and serves that page', () => {
    const facts = { path: '/services/orders', search: '?from=now-1h&to=now', wantsPage: true };
    expect(decide(facts, guarded)).toBe('/login?next=%2Fservices%2Forders%3Ffrom%3Dnow-1h%26to%3Dnow');
    expect(['/login', '/_next/static/chunk.js', '/icon.svg'].map((path) => decide({ path }, guarded))).toEqual([
      'guest',
      'guest',
      'guest',
    ]);
    expect(decide({ path: '/login', method: 'POST' }, guarded)).toBe('guest');
    expect(decide({ path: '/icon.svg', method: 'POST' }, guarded)).toBe('401 access.unauthenticated');
    expect(decide({ path: '/login', authorization: 'Bearer page-token' }, guarded)).toBe('allow');
    expect(decide({ path: '/login' }, settings())).toBe('allow');
    expect(decide({ path: '/_next/image' }, guarded)).toBe('401 access.unauthenticated');
  });

  test('a session opens pages until it ends, and never ingest', () => {
    const cookie = `theme=dark; ${sessionCookie}=${makeSession('page-token', now)}`;
    expect(decide({ cookie }, guarded)).toBe('allow');
    expect(decide({ cookie }, guarded, unixMs(now + sessionMs))).toBe('401 access.unauthenticated');
    expect(decide({ ...push, cookie }, guarded)).toBe('401 access.unauthenticated');
    expect(decide({ cookie }, { ...guarded, token: 'another-token' })).toBe('401 access.unauthenticated');
  });

  test('a session whose end was moved is none', () => {
    const [end = '', signed = ''] = makeSession('page-token', now).split('.');
    const cookie = `${sessionCookie}=${Number(end) + 1}.${signed}`;
    expect(decide({ cookie }, guarded)).toBe('401 access.unauthenticated');
  });

  test('credentials do not excuse a foreign origin', () => {
    const cookie = `${sessionCookie}=${makeSession('page-token', now)}`;
    expect(decide({ cookie, method: 'POST', origin: 'https://evil.example' }, guarded)).toBe('403 access.origin');
  });
});
