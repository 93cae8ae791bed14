import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchProfile } from '@/ingest/scrape-endpoint';
import { createTraceStore } from '@/ingest/store-trace';
import { fetchTrace, traceUrl } from '@/ingest/trace-endpoint';
import { openBlobs } from '@/lib/blobs/open';
import type { BlobStore } from '@/lib/blobs/port';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog, ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { idText, lockId } from '@/lib/contention/identity';
import type { NewArm } from '@/lib/traces/target-port';
import { unixMs } from '@/lib/units';
import { type PprofService, startPprofService } from '@/tests/support/pprof-service';
import { type ArmedTargets, armedTargets } from './armed-targets';
import { createRecorder } from './recorder';
import type { StallQuestions } from './stalls-of-target';

const fixture = (path: string) => readFileSync(new URL(`../../tests/fixtures/${path}`, import.meta.url));
const trace = fixture('gotrace/traces/locks-go1.26.trace');
const calm = fixture('go/ordersvc-go1.23-bad/w1-goroutine.pb.gz');
const stall = fixture('go/ordersvc-go1.23-bad/w1-stall-goroutine.pb.gz');
const recorderPath = '/debug/lockscope/flightrecorder';

let folder: string;
let catalog: Catalog;
let blobs: BlobStore;
let service: PprofService;
let target: TargetRecord;
let targets: ArmedTargets;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-armed-'));
  catalog = await openCatalog({ dir: folder });
  blobs = openBlobs({ dir: join(folder, 'blobs') });
  service = await startPprofService();
  service.profiles.set('trace', trace);
  service.profiles.set('goroutine', calm);
  target = await catalog.putTarget({
    service: 'orders',
    url: service.url,
    everyMs: 10_000,
    build: 'v7',
    labels: { env: 'prod' },
    profiles: ['block'],
    source: 'ui',
  });
  targets = open();
});
afterEach(async () => {
  await targets.stop();
  await service.close();
  await catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

const quiet: StallQuestions = {
  stalled: async () => undefined,
  expected: async () => undefined,
  lockOf: async (_, lockId) => ({ name: 'config.(*Manager)', rows: new Set([BigInt(`0x${lockId}`)]), wrappers: [] }),
};

function open({ stalls = quiet, config: text = 'traces: { pause: 0s }' } = {}): ArmedTargets {
  const config = parseConfigFile(text, 'test.yml');
  const now = () => unixMs(Date.now());
  const store = createTraceStore({ catalog, blobs, maxBytes: 1e9, now, analyse: () => {} });
  return armedTargets({
    catalog,
    recorder: createRecorder({ store, config, now }),
    stalls,
    goroutines: ({ url }, signal) => fetchProfile(url, 'goroutine', config.limits, signal),
    armedMs: 60_000,
    now,
  });
}

const arm = (change: Partial<NewArm>): NewArm => ({
  trigger: 'goroutines',
  threshold: undefined,
  lockId: undefined,
  seconds: 5,
  most: 1,
  forMs: undefined,
  ...change,
});
const events = async () =>
  (await catalog.listTargetEvents(target.id, 100)).map(({ kind, detail }) => `${kind}: ${detail}`).reverse();
const captures = async () => (await catalog.listCaptures({ limit: 100, offset: 0 })).rows;
const scraped: ScrapeOutcome = {
  at: unixMs(100_000),
  error: undefined,
  facts: [{ profile: 'block', ok: true, windowMs: 10_000, samples: 9, detail: '' }],
  events: [],
};

test('a trace on demand is a capture of the target with its service, pod and build', async () => {
  const { capture, created } = await targets.record(target.id, 2);
  expect(service.asked).toEqual(['trace?seconds=2']);
  expect(created).toBe(true);
  expect(capture).toMatchObject({
    service: 'orders',
    pod: new URL(service.url).host,
    build: 'v7',
    labels: { env: 'prod' },
    sizeBytes: trace.length,
    source: 'target',
    reason: 'asked for: 2 s of orders',
    status: 'waiting',
    filename: expect.stringMatching(/^orders-\d{4}-\d\d-\d\dT\d{6}\.trace$/),
  });
  expect(capture.capturedAt).toBeLessThanOrEqual(capture.receivedAt);
  expect(await events()).toEqual([`trace: 2 s recorded: /traces/${capture.id}`]);
});

test('what a service answers instead of a trace is said, and nothing is kept', async () => {
  const busy = 'Could not enable tracing: tracing is already enabled\n';
  for (const [answer, code, words] of [
    [{ status: 500, text: busy }, 'trace.conflict', 'one trace of a process at a time'],
    [{ status: 404, text: 'Unknown profile\n' }, 'scrape.status', 'there is no such endpoint'],
    [{ status: 400, text: "profile duration exceeds server's WriteTimeout\n" }, 'scrape.status', 'WriteTimeout'],
    [Buffer.from('<html>a login page</html>'), 'gotrace.header', 'no Go execution trace'],
    [fixture('gotrace/traces/locks-go1.21.trace'), 'gotrace.too-old', 'Go 1.22 or newer'],
  ] as const) {
    service.profiles.set('trace', answer);
    await expect(targets.record(target.id, 1)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  }
  expect([await captures(), await blobs.list('trace'), await events()]).toEqual([[], [], []]);
  await expect(targets.record('0'.repeat(16), 1)).rejects.toMatchObject({ code: 'trace.no-target' });
  const forbidden = fetchTrace(traceUrl('http://169.254.169.254', 1), 1_000, new AbortController().signal);
  await expect(forbidden.next()).rejects.toMatchObject({ code: 'scrape.address' });
  await service.close();
  await expect(targets.record(target.id, 1)).rejects.toMatchObject({ code: 'scrape.unreachable' });
});

test('one recording of a target at a time, and a pause between two', async () => {
  targets = open({ config: 'traces: { pause: 1m }' });
  const first = targets.record(target.id, 1);
  await vi.waitFor(() => expect(targets.isRecording(target.id)).toBe(true), { interval: 1 });
  await expect(targets.record(target.id, 1)).rejects.toMatchObject({ code: 'trace.busy' });
  await first;
  await expect(targets.record(target.id, 1)).rejects.toMatchObject({
    code: 'trace.pause',
    message: expect.stringMatching(/again in (?:59|60) s/),
  });
});

test('armed on goroutines: a trace starts when enough of them wait, once, and the capture says why', async () => {
  const state = await targets.arm(target.id, arm({ threshold: 100, seconds: 3 }));
  expect(state).toMatchObject({ fired: 0, doing: 'counts goroutines that wait for locks every second' });
  await vi.waitFor(() => expect(targets.armed(target.id)?.doing).toContain('the last time'), { timeout: 5_000 });
  expect(await captures()).toEqual([]);
  service.profiles.set('goroutine', stall);
  await vi.waitFor(() => expect(targets.armed(target.id)).toBeUndefined(), { timeout: 5_000 });
  const [capture] = await captures();
  expect(capture).toMatchObject({
    source: 'armed',
    reason: expect.stringMatching(
      /^armed \(goroutines\): \d{3,} goroutines waited for locks, at least 100 were asked for$/,
    ),
  });
  expect(service.asked).toContain('trace?seconds=3');
  await vi.waitFor(async () => expect(await events()).toHaveLength(3));
  expect(await events()).toEqual([
    expect.stringMatching(/^armed: goroutines, at least 100 waiting, until /),
    `fired: ${capture?.reason.replace('armed (goroutines)', 'goroutines')}: /traces/${capture?.id}`,
    'disarmed: it fired; 1 of 1 traces were recorded',
  ]);
  expect(await catalog.listArms()).toEqual([]);
});

test('armed on the flight recorder: a scrape that tells of a stall fetches what the recorder holds', async () => {
  await expect(targets.arm(target.id, arm({ trigger: 'recorder' }))).rejects.toMatchObject({ code: 'scrape.status' });
  expect(targets.armed(target.id)).toBeUndefined();
  service.profiles.set(recorderPath, trace);
  const asked: unknown[] = [];
  const stalled: StallQuestions['stalled'] = async (_, window, rule) => {
    asked.push([window, rule.threshold]);
    return asked.length < 2 ? undefined : 'config.(*Manager) stalled';
  };
  targets = open({ stalls: { ...quiet, stalled } });
  expect((await targets.arm(target.id, arm({ trigger: 'recorder' }))).doing).toContain('looks at each scrape; how far');
  targets.scraped(target.id, { ...scraped, facts: [] });
  targets.scraped(target.id, scraped);
  await sleep(20);
  expect(asked).toEqual([[{ from: 90_000, to: 100_000 }, 5]]);
  targets.scraped(target.id, scraped);
  await vi.waitFor(() => expect(targets.armed(target.id)).toBeUndefined());
  expect(await captures()).toMatchObject([
    {
      source: 'armed',
      reason: expect.stringMatching(/^armed \(recorder\): config\.\(\*Manager\) stalled; how far .* is not told/),
      capturedAt: undefined,
    },
  ]);
});

test.each([
  ['30000', /looks back 30\ss, longer than the 10\ss between scrapes/],
  ['4000', /looks back 4\ss only, not longer than the 10\ss between scrapes/],
  ['soon', /looks back is not told/],
])('a recorder that tells a look-back of %s ms: the arm and the capture say what that means', async (told, says) => {
  service.profiles.set(recorderPath, trace);
  service.headers.set(recorderPath, { 'X-Lockscope-Lookback-Ms': told });
  targets = open({ stalls: { ...quiet, stalled: async () => 'a.B stalled' } });
  expect((await targets.arm(target.id, arm({ trigger: 'recorder', most: 2 }))).doing).toMatch(says);
  await targets.stop();
  targets = open({ stalls: { ...quiet, stalled: async () => 'a.B stalled' } });
  targets.start();
  await vi.waitFor(() => expect(targets.armed(target.id)?.doing).toMatch(says));
  targets.scraped(target.id, scraped);
  await vi.waitFor(async () => expect(await captures()).toMatchObject([{ reason: expect.stringMatching(says) }]));
});

test('armed for one lock: the arm and the capture carry it, and waits for other locks do not count', async () => {
  const other = 'f'.repeat(16);
  service.profiles.set('goroutine', stall);
  const order = arm({ threshold: 100, lockId: other });
  expect((await targets.arm(target.id, order)).doing).toContain('wait for config.(*Manager) every second');
  await vi.waitFor(() => expect(targets.armed(target.id)?.doing).toContain(': 0 the last time'), { timeout: 5_000 });
  const own = idText(lockId('RWMutex', 'example.com/ordersvc/internal/config.(*OrderConfigManager).GetConfig'));
  await targets.arm(target.id, { ...order, lockId: own });
  expect(await catalog.listArms()).toMatchObject([{ lockId: own }]);
  await vi.waitFor(async () => expect(await captures()).toHaveLength(1), { timeout: 5_000 });
  expect(await captures()).toMatchObject([
    {
      labels: { env: 'prod', armed_lock: own },
      reason: expect.stringMatching(/^armed \(goroutines\) for the lock config\.\(\*Manager\): \d+ goroutines waited/),
    },
  ]);
  expect((await events())[1]).toContain(`for the lock config.(*Manager) (${own})`);
});

test('armed on a beat: the trace starts shortly before the next stall and outlasts the window that tells of it', async () => {
  const at = Date.now() + 2_500;
  const next = { lockName: 'a.B', everySeconds: 60, errorMs: 500, stepMs: 10_000, meanWaitSeconds: 0.5 };
  targets = open({ stalls: { ...quiet, expected: async () => ({ ...next, at: unixMs(at) }) } });
  await targets.arm(target.id, arm({ trigger: 'periodic', seconds: 5 }));
  await vi.waitFor(() => expect(targets.armed(target.id)?.doing).toContain('stalls about every 60 s'));
  await vi.waitFor(() => expect(service.asked).toEqual(['trace?seconds=24']), { timeout: 5_000, interval: 10 });
  expect(at - Date.now()).toBeGreaterThan(1_500);
  expect(at - Date.now()).toBeLessThanOrEqual(2_000);
});

test('a recording that fails is an event, once, and the target stays armed', async () => {
  service.profiles.set('goroutine', stall);
  service.profiles.set('trace', { status: 500, text: 'Could not enable tracing: tracing is already enabled' });
  await targets.arm(target.id, arm({ threshold: 100 }));
  await vi.waitFor(async () => expect(await events()).toHaveLength(2), { timeout: 5_000 });
  expect((await events())[1]).toMatch(/^error: goroutines: \d+ goroutines .*, but the service cannot be traced now/);
  await sleep(1_200);
  expect(service.asked.filter((path) => path.startsWith('trace'))).toHaveLength(1);
  expect(targets.armed(target.id)).toMatchObject({ fired: 0, lastError: expect.stringContaining('cannot be traced') });
  expect(await targets.disarm(target.id)).toBe(true);
  expect(await targets.disarm(target.id)).toBe(false);
});

test('a restart keeps what is armed, ends what ran out meanwhile, and time ends the rest', async () => {
  await targets.arm(target.id, arm({ threshold: 1_000_000, forMs: 60_000 }));
  await targets.stop();
  targets = open();
  targets.start();
  await vi.waitFor(() => expect(targets.armed(target.id)).toMatchObject({ threshold: 1_000_000 }));
  await targets.stop();
  const [kept] = await catalog.listArms();
  if (kept === undefined) throw new Error('it was kept');
  await catalog.putArm({ ...kept, expiresAt: unixMs(Date.now() - 1) });
  targets = open();
  targets.start();
  await vi.waitFor(async () =>
    expect((await events()).at(-1)).toBe('disarmed: the time was over while the server was stopped'),
  );
  await targets.arm(target.id, arm({ forMs: 30 }));
  await vi.waitFor(async () =>
    expect((await events()).at(-1)).toBe('disarmed: the time is over; 0 of 1 traces were recorded'),
  );
  expect([targets.armed(target.id), await catalog.listArms()]).toEqual([undefined, []]);
});
