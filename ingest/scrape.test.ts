import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TargetRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { labelValue } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { type PprofService, startPprofService } from '@/tests/support/pprof-service';
import { createScraper, type TargetScraper } from './scrape';

const fixture = (name: string) => readFileSync(new URL(`../tests/fixtures/go/${name}`, import.meta.url));
const restart = (name: string) => fixture(`edge-restart-go1.26/${name}.pb.gz`);
const begin = 1_800_000_000_000;

let service: PprofService;
let server: IngestServer;
let now: UnixMs;
let scraper: TargetScraper;

beforeEach(async () => {
  now = unixMs(begin);
  service = await startPprofService();
  server = await startIngestServer({ now: begin + 3_600_000 });
  scraper = createScraper({ accept: server.ingest.accept, config: parseConfigFile('', 'test'), now: () => now });
});
afterEach(async () => {
  await service.close();
  await server.close();
});

function target(changes: Partial<TargetRecord> = {}): TargetRecord {
  return {
    id: 'a1',
    service: 'orders',
    url: service.url,
    everyMs: 10_000,
    build: undefined,
    labels: {},
    profiles: ['block', 'mutex'],
    source: 'ui',
    enabled: true,
    createdAt: now,
    lastScrape: undefined,
    restarts: 0,
    missed: 0,
    facts: [],
    ...changes,
  };
}

/** Serves one moment of a process and scrapes it, `after` ms later than the last time. */
async function scrapeMoment(block: Buffer, mutex: Buffer, after: number) {
  service.profiles.set('block', block).set('mutex', mutex);
  now = unixMs(now + after);
  return scraper.scrapeOnce(target());
}

async function windowsOf(name: string) {
  const windows = await server.windows();
  return windows.filter(({ series }) => series.type.name === name).sort((a, b) => a.start - b.start);
}

/** Delay in ns of stacks through `main.(*Basket).Touch`, per window in order of time. */
async function touchDelays() {
  const { profile } = await server.store.merged({
    type: { name: 'block' },
    matchers: [],
    from: unixMs(0),
    to: unixMs(4e12),
  });
  expect(profile.samples.length).toBeGreaterThan(0);
  const delays: number[] = [];
  for (const { start, wallMs } of await windowsOf('block')) {
    const one = await server.store.merged({
      type: { name: 'block' },
      matchers: [],
      from: start,
      to: unixMs(start + wallMs),
    });
    const { stacks, samples, locations, functions, strings } = one.profile;
    let sum = 0;
    for (let sample = 0; sample < samples.length; sample++) {
      const stack = samples.stack[sample] ?? 0;
      const names = Array.from(stacks.locations.subarray(stacks.offsets[stack], stacks.offsets[stack + 1])).map(
        (location) => strings[functions.name[locations.func[location] ?? 0] ?? 0],
      );
      const column = one.profile.sampleTypes.findIndex(({ type }) => type === 'delay');
      if (names[0] === 'sync.(*Mutex).Lock' && names.includes('main.(*Basket).Touch'))
        sum += samples.values[column]?.[sample] ?? 0;
    }
    delays.push(sum);
  }
  return delays;
}

test('subtracts cumulative profiles, and counts a new process from zero over the time since the last scrape', async () => {
  const outcomes = [
    await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 0),
    await scrapeMoment(restart('first-process-w2-block'), restart('first-process-w2-mutex'), 10_000),
    await scrapeMoment(restart('second-process-w1-block'), restart('second-process-w1-mutex'), 10_000),
    await scrapeMoment(restart('second-process-w2-block'), restart('second-process-w2-mutex'), 10_000),
  ];
  // What truth.json of the recording says a collector must store; the first scrape is only a base.
  expect(await touchDelays()).toEqual([1_098_584_940, 1_224_676_224, 2_309_373_882]);
  expect(outcomes.map(({ events }) => events.map(({ kind }) => kind))).toEqual([['first'], [], ['restart'], []]);
  expect(outcomes[2]?.events[0]?.detail).toMatch(/^block: \d+ stacks? fell; counted from zero$/);
  for (const name of ['block', 'mutex']) {
    expect((await windowsOf(name)).map(({ start, wallMs }) => [start - begin, wallMs])).toEqual([
      [0, 10_000],
      [10_000, 10_000],
      [20_000, 10_000],
    ]);
  }
});

test('a restart that one profile shows counts for all profiles of the process', async () => {
  await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 0);
  // Block rises past the old values, mutex falls back to a process without contention.
  await scrapeMoment(restart('second-process-w2-block'), fixture('edge-shapes-go1.26/w0-mutex.pb.gz'), 10_000);
  expect(await touchDelays()).toEqual([3_534_050_106]);
});

test('a missed scrape widens the window and is an event', async () => {
  await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 0);
  const { events, facts } = await scrapeMoment(
    restart('first-process-w2-block'),
    restart('first-process-w2-mutex'),
    40_000,
  );
  expect(events).toEqual([
    { at: begin + 40_000, kind: 'missed', detail: '40 s since the last scrape: this window is that long' },
  ]);
  expect(facts.map(({ windowMs }) => windowMs)).toEqual([40_000, 40_000]);
  expect((await windowsOf('block')).map(({ wallMs }) => wallMs)).toEqual([40_000]);
});

test('a window that could not be stored is part of the next one', async () => {
  let full = false;
  scraper = createScraper({
    accept: async (raw, hints) => {
      if (full) throw new Error('disk full');
      return server.ingest.accept(raw, hints);
    },
    config: parseConfigFile('', 'test'),
    now: () => now,
  });
  await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 0);
  full = true;
  const { facts } = await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 10_000);
  expect(facts[0]).toMatchObject({ profile: 'block', ok: false, detail: 'disk full' });
  full = false;
  await scrapeMoment(restart('first-process-w2-block'), restart('first-process-w2-mutex'), 10_000);
  expect((await windowsOf('block')).map(({ wallMs }) => wallMs)).toEqual([20_000]);
  expect(await touchDelays()).toEqual([1_098_584_940]);
});

test('memory in use is kept as it is, allocations wait for a predecessor', async () => {
  service.profiles.set('heap', fixture('ordersvc-go1.23-bad/w1-heap.pb.gz'));
  await scraper.scrapeOnce(target({ profiles: ['heap'] }));
  const types = async () => (await windowsOf('memory')).map(({ series, kind }) => `${series.type.sampleType} ${kind}`);
  expect(await types()).toEqual(['inuse_space instant']);
  service.profiles.set('heap', fixture('ordersvc-go1.23-bad/w2-heap.pb.gz'));
  now = unixMs(now + 10_000);
  await scraper.scrapeOnce(target({ profiles: ['heap'] }));
  expect((await types()).sort()).toEqual(['alloc_space delta', 'inuse_space instant', 'inuse_space instant']);
});

test('CPU is asked for one second less than the period and starts with the scrape', async () => {
  service.profiles.set('profile', fixture('ordersvc-go1.23-bad/w1-cpu.pb.gz'));
  await scraper.scrapeOnce(target({ profiles: ['cpu'] }));
  expect(service.asked).toEqual(['profile?seconds=9']);
  expect((await windowsOf('process_cpu')).map(({ start }) => start)).toEqual([begin]);
});

test('labels: host and port stand for the pod, the mutex fraction is read from the text profile', async () => {
  service.profiles.set('mutex?debug=1', Buffer.from('--- mutex:\ncycles/second=2596160759\nsampling period=10\n'));
  await scrapeMoment(restart('first-process-w1-block'), restart('first-process-w1-mutex'), 0);
  await scrapeMoment(restart('first-process-w2-block'), restart('first-process-w2-mutex'), 10_000);
  const [window] = await windowsOf('mutex');
  expect(window?.series.labels).toEqual([
    ['mutex_fraction', '10'],
    ['pod', new URL(service.url).host],
    ['service_name', 'orders'],
  ]);
  expect(labelValue(window?.series.labels ?? [], 'service_name')).toBe('orders');
});

test('says what is wrong with a target: a missing profile, an error of the profiler, nothing there at all', async () => {
  service.profiles.set('block', fixture('edge-shapes-go1.26/w0-block.pb.gz'));
  service.profiles.set('profile', {
    status: 500,
    text: 'Could not enable CPU profiling: cpu profiling already in use\n',
  });
  const some = await scraper.scrapeOnce(target({ profiles: ['block', 'cpu', 'mutex'] }));
  expect(some.error).toBeUndefined();
  expect(some.facts.map(({ profile, ok, detail }) => [profile, ok, detail])).toEqual([
    ['block', true, 'no sample so far: is runtime.SetBlockProfileRate called?'],
    ['cpu', false, '/debug/pprof/profile answered 500: Could not enable CPU profiling: cpu profiling already in use'],
    ['mutex', false, '/debug/pprof/mutex answered 404: no such profile there'],
  ]);
  await service.close();
  const outcomes = [await scraper.scrapeOnce(target()), await scraper.scrapeOnce(target())];
  expect(outcomes[0]?.error).toMatch(/ECONNREFUSED/);
  expect(outcomes.map(({ events }) => events.map(({ kind }) => kind))).toEqual([['error'], []]);
  service = await startPprofService();
});

test('a scrape that ends because the server stops is no failure of the target', async () => {
  service.profiles.set('block', { after: 60_000 });
  const outcome = scraper.scrapeOnce(target({ profiles: ['block'] }));
  await expect.poll(() => service.asked).toContain('block');
  scraper.close();
  expect(await outcome).toMatchObject({ error: undefined, events: [], facts: [{ profile: 'block', ok: false }] });
});

test('a new process may sample otherwise: its fraction is read with the scrape after its restart', async () => {
  const fraction = (n: number) =>
    service.profiles.set('mutex?debug=1', Buffer.from(`--- mutex:\nsampling period=${n}\n`));
  fraction(1);
  await scrapeMoment(restart('first-process-w2-block'), restart('first-process-w2-mutex'), 0);
  fraction(100);
  for (const moment of [0, 1, 2]) {
    await scrapeMoment(restart('second-process-w1-block'), restart('second-process-w1-mutex'), 10_000 + moment);
  }
  const windows = await windowsOf('mutex');
  expect(windows.map(({ series }) => labelValue(series.labels, 'mutex_fraction'))).toEqual(['1', '100', '100']);
});

test('a scrape of many targets at one time prints no warning of Node', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  const targets = Array.from({ length: 12 }, (_, id) => target({ id: `t${id}`, profiles: ['block'] }));
  await Promise.all(targets.map((one) => scraper.scrapeOnce(one)));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
