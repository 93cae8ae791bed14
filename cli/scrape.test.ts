import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileTypeId } from '@/lib/profile/profile-type';
import { labelValue } from '@/lib/selection/selection';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { type PprofService, startPprofService } from '@/tests/support/pprof-service';
import { run as doctor } from './doctor';
import { run as scrape } from './scrape';

const fixture = (name: string) => readFileSync(new URL(`../tests/fixtures/go/${name}`, import.meta.url));
let service: PprofService;
let server: IngestServer | undefined;

beforeEach(async () => {
  service = await startPprofService();
  for (const name of ['block', 'mutex', 'goroutine', 'heap']) {
    service.profiles.set(name, fixture(`ordersvc-go1.23-bad/w1-${name}.pb.gz`));
  }
  service.profiles.set('profile', fixture('ordersvc-go1.23-bad/w1-cpu.pb.gz'));
});
afterEach(async () => {
  await service.close();
  await server?.close();
});

async function call(command: typeof scrape, ...args: string[]) {
  const out: string[] = [];
  const io = { stdout: (text: string) => void out.push(text), stderr: () => {}, env: {}, colour: false, now: Date.now };
  return { code: await command(args, io), out: out.join('') };
}

test('once: prints what each profile holds, and keeps the files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scrape-'));
  const { code, out } = await call(scrape, service.url, '--cpu', '1', '--out', folder);
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.split(/ +/)[0])).toEqual([
    'block',
    'mutex',
    'goroutine',
    'heap',
    'cpu',
    '',
  ]);
  expect(out).toMatch(/^block .* waited in .* waits, .* since process start$/m);
  expect(readdirSync(folder).sort()).toEqual([
    'block.pb.gz',
    'cpu.pb.gz',
    'goroutine.pb.gz',
    'heap.pb.gz',
    'mutex.pb.gz',
  ]);
  rmSync(folder, { recursive: true });
});

test('again and again: differences are pushed as windows under the service, host and port as its pod', async () => {
  server = await startIngestServer({ now: Date.now() });
  const { code, out } = await call(
    scrape,
    service.url,
    ...['--every', '1s', '--count', '2', '--json', '--cpu', '0', '--server', server.url, '--service', 'orders'],
  );
  expect(code).toBe(0);
  const { schema, scrapes } = JSON.parse(out);
  expect(schema).toBe('lockscope/scrape/v1');
  expect(scrapes[0].events).toMatchObject([{ kind: 'first' }]);
  const windows = (await server.windows()).map(({ series }) => profileTypeId(series.type));
  expect(windows.filter((id) => id.startsWith('block:'))).toEqual(['block:delay:nanoseconds:contentions:count']);
  expect(windows.filter((id) => id.startsWith('mutex:'))).toHaveLength(1);
  const [first] = await server.windows();
  expect(labelValue(first?.series.labels ?? [], 'pod')).toBe(new URL(service.url).host);
  expect(labelValue(first?.series.labels ?? [], 'service_name')).toBe('orders');
});

test('a service that is not there is exit code 4, wrong arguments are usage errors', async () => {
  await service.close();
  await expect(call(scrape, service.url)).rejects.toMatchObject({ code: 'remote.unreachable' });
  await expect(call(scrape, 'orders:6060')).rejects.toMatchObject({ code: 'cli.usage' });
  await expect(call(scrape, service.url, '--every', '1s', '--json')).rejects.toMatchObject({ code: 'cli.usage' });
  await expect(call(doctor, 'http://169.254.169.254/')).rejects.toMatchObject({ code: 'remote.unreachable' });
  service = await startPprofService();
});

test('doctor tells what is off, what it costs, and what to write instead', async () => {
  const checks = async () => {
    const { out } = await call(doctor, service.url, '--json');
    expect(JSON.parse(out).notes).toMatchObject([{ code: 'go-inferred' }]);
    const rows: { check: string; status: string; found: string; advice: string }[] = JSON.parse(out).checks;
    return new Map(rows.map((row) => [row.check, row]));
  };
  service.profiles.set('mutex?debug=1', Buffer.from('--- mutex:\nsampling period=1\n'));
  const good = await checks();
  expect(good.get('mutex')).toMatchObject({ status: 'ok', advice: '' });
  // The recording was made at a block rate of 1 ns.
  expect(good.get('block')).toMatchObject({ status: 'warn', found: expect.stringContaining('the rate is') });
  expect(good.get('go')).toMatchObject({ status: 'ok', found: expect.stringContaining('go1.23') });

  service.profiles.set('mutex?debug=1', Buffer.from('--- mutex:\nsampling period=0\n'));
  service.profiles.set('block', fixture('edge-shapes-go1.26/w0-block.pb.gz'));
  service.profiles.set('profile', {
    status: 500,
    text: 'Could not enable CPU profiling: cpu profiling already in use\n',
  });
  const bad = await checks();
  expect(bad.get('mutex')).toMatchObject({
    status: 'fail',
    advice: expect.stringContaining('SetMutexProfileFraction(1)'),
  });
  expect(bad.get('block')).toMatchObject({
    status: 'fail',
    advice: expect.stringContaining('SetBlockProfileRate(1_000_000)'),
  });
  expect(bad.get('cpu')).toMatchObject({ status: 'fail', advice: expect.stringContaining('another scraper') });

  service.profiles.set('mutex?debug=1', Buffer.from('--- mutex:\nsampling period=10\n'));
  expect((await checks()).get('mutex')).toMatchObject({ status: 'warn', found: expect.stringContaining('one in 10') });
});
