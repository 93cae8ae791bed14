import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { encodeProfile } from '@/lib/pprof/encode';
import { startPprofService } from '../support/pprof-service';
import { profileFromText } from '../support/profile-from-text';
import { takeTable } from './damage';
import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { axeFindings, expect, open, test } from './test';

/** A server of its own, empty at first: each test adds what it needs. */
let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.end());

const at = (path: string) => `${server.url}${path}`;
const trace = (name: string) => readFileSync(new URL(`../fixtures/gotrace/traces/${name}.trace`, import.meta.url));
const rows = (page: Page) => page.locator('tr[data-capture]');
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 640;
const says = (page: Page) => page.locator('.drop [role="status"]');

/** Uploads as a client does and waits until it is analysed; gives its page. */
async function upload(bytes: Buffer, query: string): Promise<string> {
  const answer = await fetch(at(`/api/v1/upload?${query}`), {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect([200, 201]).toContain(answer.status);
  const { url } = await answer.json();
  await expect
    .poll(async () => (await (await fetch(at(`/api/v1${url}/status`))).json()).capture.status, { timeout: 30_000 })
    .toMatch(/done|failed/);
  return url;
}

/** Drops a file somewhere on the page, as a person does from a folder. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const files = await page.evaluateHandle(
    ({ name: filename, text }) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], filename));
      return transfer;
    },
    { name, text: bytes.toString('base64') },
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: files });
}

test('without a trace the page says how to get one', async ({ page }) => {
  await open(page, at('/traces'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('No execution trace yet');
  await expect(page.getByText('/debug/pprof/trace?seconds=5')).toBeVisible();
  await expect(
    page.getByText(`lockscope push stall.trace --service order-service --server ${server.url}`),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: 'Add a target' })).toHaveAttribute('href', '/settings#targets');
  await expect(page).toHaveTitle('Traces · Lockscope');
  expect(await axeFindings(page)).toEqual([]);
});

test('a file dropped anywhere is analysed and opens, without any service; the same file again is the same capture', async ({
  page,
}) => {
  await open(page, at('/traces'));
  await drop(page, 'stall.trace', trace('truth-go1.26'));
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{16}$/);
  const first = new URL(page.url()).pathname;
  await expect(page.getByRole('heading', { level: 1 })).toContainText('held the write lock', {
    timeout: 30_000,
  });

  await open(page, at('/traces'));
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(/muser waited up to .* for main\.muser: 3.008\swaits, P99/);
  await expect(rows(page)).toContainText('stall.trace');
  await expect(rows(page)).toContainText('uploaded');

  await page.getByLabel('Choose a trace').setInputFiles({
    name: 'again.trace',
    mimeType: 'application/octet-stream',
    buffer: trace('truth-go1.26'),
  });
  await expect(page).toHaveURL(at(first));
  const { total } = await (await fetch(at('/api/v1/traces'))).json();
  expect(total).toBe(1);
});

test('a trace of Go 1.21 and files that are none are refused with what to do, and nothing is sent', async ({
  page,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/upload')) sent.push(request.url());
  });
  await open(page, at('/traces'));
  await drop(page, 'old.trace', trace('locks-go1.21'));
  await expect(says(page)).toContainText(
    'old.trace: recorded by Go 1.21 or older: record it again with a program built by Go 1.22',
  );
  await drop(page, 'notes.txt', Buffer.from('these are my notes'));
  await expect(says(page)).toContainText('notes.txt: this is no Go execution trace');
  await drop(page, 'block.pb.gz', Buffer.from([0x1f, 0x8b, 8, 0]));
  await expect(says(page)).toContainText('block.pb.gz: this is a gzip file');
  expect(sent).toEqual([]);
});

test('the server refuses a trace of Go 1.21 in the same words', async ({ request }) => {
  const answer = await request.post(at('/api/v1/upload?name=old.trace'), {
    data: trace('locks-go1.21'),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status()).toBe(422);
  expect(await answer.json()).toMatchObject({
    code: 'gotrace.too-old',
    detail: expect.stringContaining('Go 1.22 or newer'),
  });
});

test('a file on its way shows how far it is, and can be stopped', async ({ page }) => {
  await page.route('**/api/v1/upload?*', () => {}); // never answered
  await open(page, at('/traces'));
  await drop(page, 'large.trace', trace('locks-go1.22'));
  await expect(page.getByRole('progressbar', { name: 'Sending large.trace' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(says(page)).toHaveText('Cancelled: nothing was kept.');
  await expect(page.getByLabel('Choose a trace')).toBeAttached();
});

test('the list is of one service, or of one lock, as the address says', async ({ page }) => {
  await upload(trace('eight-locks-go1.26'), 'name=eight.trace&service=shards&build=7&label=pod=shards-1');
  await upload(trace('locks-go1.26'), 'name=locks.trace&service=others');
  await open(page, at('/traces'));
  const all = await rows(page).count();
  expect(all).toBeGreaterThanOrEqual(2);
  await rows(page).filter({ hasText: 'shards' }).getByRole('link', { name: 'shards', exact: true }).click();
  await expect(page).toHaveURL(at('/traces?service=shards'));
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('shards · shards-1 · build 7');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 trace of shards.');

  await open(page, at('/traces?lock=869784d06ef7f7bb'));
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('main.(*catalogue)');
  await page.getByRole('link', { name: 'Remove filter lock main.(*catalogue)' }).click();
  await expect(page).toHaveURL(at('/traces'));
  await expect(rows(page)).toHaveCount(all);

  await open(page, at('/traces?service=nobody'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('No execution trace of nobody yet');
  await open(page, at('/traces?page=last'));
  await expect(page.getByRole('alert').filter({ hasText: 'page: "last" is no page number' })).toBeVisible();
  await open(page, at('/traces?page=40'));
  await expect(page.getByRole('heading', { name: 'There is no page 40' })).toBeVisible();
  await page.getByRole('button', { name: /^Service: / }).click();
  await expect(page.getByRole('link', { name: 'All services' })).toHaveAttribute('href', '/traces');
});

test('a trace that cannot be analysed says why, can be tried again, and be deleted after a second press', async ({
  page,
}) => {
  const broken = Buffer.concat([Buffer.from('go 1.26 trace\0\0\0'), Buffer.alloc(64, 0xff)]);
  await upload(broken, 'name=broken.trace&service=broken');
  await open(page, at('/traces?service=broken'));
  await expect(rows(page)).toHaveAttribute('data-status', 'failed');
  await expect(rows(page).locator('.bad')).toContainText('gotrace.');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 could not be analysed');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rows(page)).toHaveAttribute('data-status', 'failed', { timeout: 30_000 });
  await page.getByRole('button', { name: /^Delete broken/ }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: /^Delete broken/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('No execution trace of broken yet');
});

test('the lock page shows the exact waits of the captures of its lock and leads to them', async ({ page }) => {
  const url = await upload(trace('eight-locks-go1.26'), 'name=eight.trace&service=shards');
  const contention = 'contentions delay stack';
  const reader =
    'sync.(*RWMutex).RLock rwmutex.go:72 ; main.(*catalogue).get shards/main.go:61 ; main.main shards/main.go:9';
  const writer =
    'sync.(*RWMutex).Unlock rwmutex.go:201 ; main.(*catalogue).put shards/main.go:75 ; main.main shards/main.go:9';
  for (const [kind, stack] of [
    ['block', reader],
    ['mutex', writer],
  ]) {
    const text = `${kind} go1.26\n${contention}\n100 20s ${stack}`;
    await push(server.url, { name: 'shards{pod=a}', text, end: Date.now() - 2_000 });
  }
  await open(page, at('/services/shards'));
  await expect(page.getByRole('link', { name: '1 trace', exact: true })).toHaveAttribute(
    'href',
    '/traces?service=shards',
  );
  await page.getByRole('link', { name: 'main.(*catalogue)' }).first().click();
  await expect(page).toHaveURL(/\/locks\/869784d06ef7f7bb/);

  const { traces } = await (await fetch(at('/api/v1/traces?lock=869784d06ef7f7bb'))).json();
  const { p99Seconds, n } = traces[0].lock.percentiles;
  const exact = page.getByRole('region', { name: 'Exact waits from traces' });
  const row = exact.getByRole('row').filter({ has: page.getByRole('link') });
  await expect(row).toContainText(`${(p99Seconds * 1_000).toPrecision(3)}\u00a0ms`);
  await expect(row).toContainText(`n\u00a0=\u00a01\u202f${String(n).slice(1)}, none cut off`);
  await expect(exact.getByRole('row').filter({ hasText: 'get RWMutex.RLock' })).toContainText('none cut off');
  await expect(page.locator('.facts')).toContainText(/P99 .*, longest .* in a trace/);
  await expect(page.getByText('link: Strong')).toBeVisible();
  await expect(page.getByText('its link is Exact there, and only there')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await row.getByRole('link').click();
  await expect(page).toHaveURL(at(`${url}?lock=869784d06ef7f7bb`));

  await open(page, at('/services/shards/locks/00000000000000ff'));
  await expect(page.getByText('is not knowable from profiles')).toBeVisible();
});

test('a list that cannot be read says so, and takes nothing else with it', async ({ page }) => {
  for (const text of slowWriter('36s')) {
    await push(server.url, { name: 'untraced{pod=a}', text, end: Date.now() - 1_000 });
  }
  const putBack = takeTable(server.dir, 'catalog.db', 'Capture');
  const problem = (what: string) =>
    page.getByRole('alert').filter({ has: page.getByRole('heading', { name: `${what} could not be read` }) });
  try {
    await open(page, at('/traces'));
    await expect(problem('The list of traces')).toBeVisible();
    await expect(page.getByText('No execution trace yet')).toHaveCount(0);
    expect(await axeFindings(page)).toEqual([]);
    await open(page, at('/services/untraced'));
    await expect(page.getByRole('link', { name: 'Traces', exact: true }).first()).toBeVisible();
    await page.getByRole('link', { name: 'store.(*Cache)' }).first().click();
    await expect(problem('The traces of this lock')).toBeVisible();
    await expect(page.locator('.facts')).toContainText('goroutines on a');
  } finally {
    putBack();
  }
  await open(page, at('/traces'));
  await expect(problem('The list of traces')).toHaveCount(0);
});

test('a trace is captured from a scrape target, and the target armed and disarmed', async ({ page }) => {
  const target = await startPprofService();
  const service = 'traced';
  target.profiles.set('trace', trace('locks-go1.25'));
  await open(page, at('/settings'));
  await page.getByLabel('Service', { exact: true }).fill(service);
  await page.getByLabel('Address of net/http/pprof').fill(target.url);
  await page.getByRole('button', { name: 'Scrape it' }).click();
  const entry = page.locator('.targets > li').filter({ hasText: target.url });
  await expect(entry).toBeVisible();
  await expect(entry).toContainText('about 1 to 2 % more CPU');
  await expect(entry).toContainText(/One recording of a target at a time, with [\d.]+\s\w+ between two/);
  await entry.getByLabel(/^Seconds of traced/).fill('1');
  await entry.getByRole('button', { name: /^Capture a trace of/ }).click();
  await expect(entry.getByRole('link', { name: 'Open the trace' })).toBeVisible({ timeout: 20_000 });
  expect(target.asked).toContain('trace?seconds=1');

  await entry.getByText('Arm it: record when it stalls').click();
  await expect(page).toHaveTitle('Settings · Lockscope'); // the page is being read again
  expect(await axeFindings(page)).toEqual([]);
  for (const [trigger, needs] of [
    [/^Goroutines wait for locks/, 'every second'],
    [/^Flight recorder/, 'scrape interval'],
    [/^Next stall of a periodic one/, 'Four stalls'],
  ] as const) {
    const choice = entry.locator('.tg-trigger').filter({ has: page.getByRole('radio', { name: trigger }) });
    await expect(choice).toContainText(needs);
    await expect(choice).toContainText(/Needs: .+ Costs: ./);
  }
  await entry.getByRole('radio', { name: /Flight recorder/ }).check();
  await entry.getByRole('button', { name: 'Arm', exact: true }).click();
  await expect(entry.locator('.tg-arm [role="status"]')).toContainText('flightrecorder answered 404');
  await entry.getByRole('radio', { name: /Next stall/ }).check();
  await entry.getByLabel('Armed for (minutes)').fill('10');
  await entry.getByRole('button', { name: 'Arm', exact: true }).click();
  await expect(entry.locator('.tg-armed')).toContainText('Next stall of a periodic one');
  await expect(entry.locator('.tg-armed')).toContainText(/until \d\d:\d\d:\d\d UTC · 0 of 1 recorded/);
  await open(page, at('/traces?service=traced'));
  await expect(page.locator('.tg-armed')).toContainText(`traced, ${target.url}: Next stall of a periodic one`);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: /^Disarm/ }).click();
  await expect(page.locator('.tg-armed')).toHaveCount(0);
  await open(page, at('/settings'));
  await expect(entry.locator('.tg-armed')).toHaveCount(0);
  await entry.getByText('newest event').click();

  await entry.getByRole('link', { name: 'open the trace' }).click();
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{16}/);
  await open(page, at(`/traces?service=${service}`));
  await expect(rows(page)).toContainText('recorded');
  await target.close();
});

test('armed from the page of a lock: the arm names it, asks its recorder for the look-back, and the capture leads back', async ({
  page,
}) => {
  const target = await startPprofService();
  const service = 'armed-for-one';
  const recorder = '/debug/lockscope/flightrecorder';
  for (const text of slowWriter('36s')) {
    await push(server.url, { name: `${service}{pod=a}`, text, end: Date.now() - 1_000 });
  }
  await open(page, at('/settings'));
  await page.getByLabel('Service', { exact: true }).fill(service);
  await page.getByLabel('Address of net/http/pprof').fill(target.url);
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(page.locator('.targets > li').filter({ hasText: target.url })).toBeVisible();
  await open(page, at(`/services/${service}`));
  await page.getByRole('link', { name: 'store.(*Cache)' }).first().click();
  await expect(page).toHaveURL(/\/locks\/[0-9a-f]{16}/);
  const lock = /locks\/([0-9a-f]{16})/.exec(page.url())?.[1] ?? '';
  await page.getByText(`Arm ${target.url}: record when this lock stalls`).click();
  expect(await axeFindings(page)).toEqual([]);
  target.profiles.set(recorder, trace('locks-go1.26'));
  target.headers.set(recorder, { 'X-Lockscope-Lookback-Ms': '3000' });
  await page.getByRole('radio', { name: /Flight recorder/ }).check();
  await page.getByRole('button', { name: 'Arm', exact: true }).click();
  const armed = page.locator('.tg-armed');
  await expect(armed).toContainText(`for the lock ${lock}`);
  await expect(armed).toContainText(/looks back 3\ss only, not longer than the 10\ss between scrapes/);
  await page.getByRole('button', { name: /^Disarm/ }).click();
  await expect(armed).toHaveCount(0);

  const id = await page.locator('.tg-arm input[name="id"]').getAttribute('value');
  const park = 'runtime.gopark ; runtime.goparkunlock ; runtime.semacquire1 ; sync.runtime_SemacquireRWMutexR';
  const waiting = `goroutine 0s..0s go1.24\ngoroutine stack\n40 ${park} ; sync.(*RWMutex).RLock ; store.(*Cache).Get store/cache.go:12`;
  target.profiles.set('goroutine', Buffer.from(encodeProfile(profileFromText(waiting))));
  target.profiles.set('trace', trace('locks-go1.23'));
  const order = { trigger: 'goroutines', threshold: 20, lock };
  const answer = await fetch(at(`/api/v1/targets/${id}/arm`), { method: 'POST', body: JSON.stringify(order) });
  expect(answer.status).toBe(201);
  const stored = async () => (await (await fetch(at(`/api/v1/traces?service=${service}`))).json()).traces[0]?.status;
  await expect.poll(stored, { timeout: 30_000 }).toBe('done');
  await open(page, at(`/traces?service=${service}`));
  await expect(rows(page)).toContainText('armed (goroutines) for the lock store.(*Cache): 40 goroutines');
  await rows(page).getByRole('link').first().click();
  await expect(page.locator('.trace-origin')).toContainText('Recorded, armed (goroutines) for the lock store.(*Cache)');
  await page.getByRole('link', { name: 'The lock it was armed for' }).click();
  await expect(page).toHaveURL(new RegExp(`/services/${service}/locks/${lock}`));
  await target.close();
});

test('rows under way change in place; the list waits until the pointer has left it', async ({ page }) => {
  test.skip(isPhone(page), 'a finger does not hover');
  await upload(trace('recorder-go1.26'), 'name=watched.trace&service=watched');
  const id = (await (await fetch(at('/api/v1/traces?service=watched'))).json()).traces[0].id;
  await fetch(at(`/api/v1/traces/${id}/analyse`), { method: 'POST' });
  await fetch(at(`/api/v1/traces/${id}/cancel`), { method: 'POST' });
  await open(page, at('/traces?service=watched'));
  await expect(rows(page)).toHaveAttribute('data-status', 'cancelled');
  const table = page.locator('table.tr-list');
  await table.hover();
  await page.getByRole('button', { name: 'Analyse' }).click();
  await expect(rows(page)).toContainText('Analysed', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: '1 change' })).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(rows(page)).toHaveAttribute('data-status', 'done');
  await expect(rows(page)).toContainText('waited up to');
});

test('traces are found by ⌘K, by g r, and in the bar of a phone', async ({ page }) => {
  await upload(trace('gens-go1.26'), 'name=gens.trace&service=generations');
  await open(page, at('/settings'));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /trace/ }).fill('generations');
  await expect(page.getByRole('option', { name: /generations/ }).first()).toContainText('trace ·');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{16}$/);
  if (isPhone(page)) {
    await page.getByRole('navigation', { name: 'Main, phone' }).getByRole('link', { name: 'Traces' }).click();
    await expect(page).toHaveURL(at('/traces'));
    return;
  }
  await open(page, at('/settings'));
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(at('/traces'));
  await page.locator('tr[data-capture]').first().waitFor();
  await page.keyboard.press('j');
  await expect(rows(page).first().getByRole('link').first()).toBeFocused();
});
