import { readFileSync } from 'node:fs';
import { startPprofService } from '../support/pprof-service';
import { type OwnServer, startOwnServer } from './own-server';
import { expect, open, test } from './test';

/** A server of its own: services that are connected here must not show up in the recorded incident. */
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.end());

const fixture = (name: string) => readFileSync(new URL(`../fixtures/go/ordersvc-go1.23-bad/${name}`, import.meta.url));
const at = (path: string) => `${server.url}${path}`;

test('a scraped service ticks off one by one until its first lock', async ({ page, isMobile }) => {
  const target = await startPprofService();
  const service = `scraped-${isMobile ? 'phone' : 'desktop'}`;
  target.profiles.set('block', fixture('w1-block.pb.gz'));
  target.profiles.set('mutex', fixture('w1-mutex.pb.gz'));
  await open(page, at('/connect'));
  await page.getByLabel('Service', { exact: true }).fill(service);
  await page.getByLabel('Address of net/http/pprof').fill(target.url);
  await page.getByLabel('Every (s)').fill('2');
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(page.getByText(`${target.url} is scraped from now on.`)).toBeVisible();
  const ticks = page.getByRole('complementary', { name: `Listening to ${service}` });
  await expect(ticks.getByText('Connected, done')).toBeAttached({ timeout: 15_000 });
  target.profiles.set('block', fixture('w2-block.pb.gz'));
  target.profiles.set('mutex', fixture('w2-mutex.pb.gz'));
  await expect(ticks.getByText('First lock, done')).toBeAttached({ timeout: 20_000 });
  await ticks.getByRole('link', { name: 'Open its locks' }).click();
  await expect(page.locator('tr[data-lock]').first()).toBeVisible();

  await open(page, at('/settings'));
  const entry = page.getByRole('listitem').filter({ hasText: target.url });
  await expect(entry).toContainText('restarts seen');
  await expect(page.getByText('A restart can stay hidden')).toBeVisible();
  await page.getByRole('button', { name: `Remove ${target.url}` }).click();
  await expect(entry).toHaveCount(0);
  await target.close();
});

test('a target that does not answer says so, in its words', async ({ page, isMobile }) => {
  const service = `absent-${isMobile ? 'phone' : 'desktop'}`;
  await open(page, at(`/connect?service=${service}`));
  await page.getByLabel('Service', { exact: true }).fill(service);
  await page.getByLabel('Address of net/http/pprof').fill('http://127.0.0.1:9');
  await page.getByLabel('Every (s)').fill('2');
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(page.locator('.ticks')).toContainText('ECONNREFUSED', { timeout: 15_000 });
  await open(page, at('/settings'));
  await page.getByRole('listitem').filter({ hasText: service }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: service })).toHaveCount(0);
});

test('a metadata address is refused when it is added, and no target is left', async ({ page }) => {
  await open(page, at('/connect'));
  await page.getByLabel('Service', { exact: true }).fill('metadata');
  await page.getByLabel('Address of net/http/pprof').fill('http://169.254.169.254/latest');
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(
    page.getByText('169.254.169.254 is a link-local or metadata address: it is never scraped'),
  ).toBeVisible();
  await open(page, at('/settings'));
  await expect(page.getByRole('main')).not.toContainText('169.254.169.254');
});

test('an address that is none is refused beside its field', async ({ page }) => {
  await open(page, at('/connect'));
  await page.getByLabel('Service', { exact: true }).fill('x');
  await page.getByLabel('Address of net/http/pprof').fill('ftp://127.0.0.1');
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(page.getByText('The address must start with http:// or https://.')).toBeVisible();
});

test('a dropped profile opens on its own page, a wrong file is refused in words', async ({ page, watched }) => {
  watched.allowed.push(/422/);
  await open(page, at('/connect?via=file'));
  const field = page.getByLabel('Drop files here, or choose them');
  await field.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a profile') });
  await expect(page.locator('.drop .bad')).toContainText('notes.txt');
  await field.setInputFiles({ name: 'block.pb.gz', mimeType: 'application/gzip', buffer: fixture('w2-block.pb.gz') });
  await expect(page).toHaveURL(/\/uploads\/[0-9a-f]+/);
});
