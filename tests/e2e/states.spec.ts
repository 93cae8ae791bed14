import { readFileSync } from 'node:fs';
import { startPprofService } from '../support/pprof-service';
import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { expect, open, test } from './test';

/** A server of its own, so that every state is made by data alone and changes nothing for other tests. */
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.end());

const at = (path: string) => `${server.url}${path}`;
const service = (name: string, rest = '') => at(`/services/${encodeURIComponent(name)}${rest}`);
const pushNow = (name: string, text: string) => push(server.url, { name, text, end: Date.now() - 2_000 });
const busyLoop = 'cpu go1.24\nsamples cpu stack\n90 900ms main.work main.go:5 ; main.main main.go:2';

async function pushSlowWriter(name: string, end: number, waited = '36s'): Promise<void> {
  for (const text of slowWriter(waited)) await push(server.url, { name, text, end });
}

test('without any service the first page is the way to connect one', async ({ page }) => {
  await open(page, at('/'));
  await expect(page).toHaveURL(/\/connect$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing has arrived yet');
  await expect(page.getByRole('complementary', { name: 'Listening' })).toContainText('Connected, waiting for this');
  await expect(page.getByRole('navigation', { name: /^Main/ }).getByRole('link', { name: 'Locks' })).toHaveCount(0);
});

test('a service that sends CPU profiles only is told that lock profiling is off, and how to turn it on', async ({
  page,
}) => {
  await pushNow('cpu-only{pod=a}', busyLoop);
  await open(page, service('cpu-only'));
  await expect(page.getByRole('heading', { name: /Block and mutex profiling is off in 1\spod/ })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Show the two lines' }).click();
  await expect(page.getByText('runtime.SetBlockProfileRate(1_000_000)').first()).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Listening to cpu-only' })).toContainText(
    'Block profile is on, does not come',
  );
  await open(page, at('/'));
  await expect(page.getByText(/neither block nor mutex profiles arrive/i)).toBeVisible();
});

test('empty block profiles are said to be probably off, with the sign of an estimate', async ({ page }) => {
  await pushNow('zero-records{pod=a}', 'block go1.24\ncontentions delay stack');
  await pushNow('zero-records{pod=a}', busyLoop);
  await open(page, service('zero-records'));
  await expect(
    page.getByRole('heading', { name: '≈ No block event was recorded; profiling is probably off' }),
  ).toBeVisible();
});

test('mutex profiles alone name holders and ask for the block profile', async ({ page }) => {
  const [, mutex] = slowWriter('3s');
  await pushNow('mutex-only{pod=a}', mutex);
  await open(page, service('mutex-only'));
  await expect(page.getByRole('heading', { name: 'No block profile arrives' })).toBeVisible();
});

test('a service where nothing waits is good news, with the idle waits counted', async ({ page }) => {
  const tick = 'runtime.selectgo select.go:335 ; main.tick main.go:8';
  const short = 'sync.(*Mutex).Lock mutex.go:90 ; store.(*Cache).Get store/cache.go:12 ; main.serve main.go:9';
  await pushNow('calm{pod=a}', `block go1.24\ncontentions delay stack\n10 9.9s ${tick}\n4 20ms ${short}`);
  await open(page, service('calm'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Good: no lock has more than 0.1');
  await expect(page.getByText('1 idle wait hidden')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toHaveCount(0);
});

test('a range after the last profile says when that was and jumps there', async ({ page }) => {
  await pushSlowWriter('gone{pod=a}', Date.now() - 5 * 3_600_000);
  await open(page, service('gone'));
  await expect(page.getByRole('heading', { name: 'No profile in this range' })).toBeVisible();
  await expect(page.getByText(/Last data \d{4}-\d\d-\d\d\s\d\d:\d\d/)).toBeVisible();
  await page.getByRole('link', { name: 'Jump there' }).click();
  await expect(page.locator('tr[data-lock]').first()).toContainText('store.(*Cache)');
});

test('a range older than anything kept says when it was deleted, on every page of the service', async ({ page }) => {
  await pushSlowWriter('old{pod=a}', Date.now() - 5_000);
  for (const [path, kept] of [
    ['', /deleted on 2018-08-\d\d.* at the latest: locks are kept for 400\sd/],
    ['/locks/0123456789abcdef', /deleted on 2018-08-\d\d.* at the latest: locks are kept for 400\sd/],
    ['/flame', /deleted on 2017-08-\d\d.* at the latest: stacks are kept for 30\sd/],
  ] as const) {
    await open(page, service('old', `${path}?from=1500000000&to=1500003600`));
    await expect(page.getByText(kept)).toBeVisible();
  }
  await page.getByRole('link', { name: 'Jump there' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toHaveCount(0);
});

test('an age beyond three windows turns amber and is said in words', async ({ page }) => {
  await pushSlowWriter('late{pod=a}', Date.now() - 120_000);
  await open(page, service('late'));
  const age = page.locator('[data-stale]');
  await expect(age).toContainText(/newest profile .* ago, late/);
  await pushSlowWriter('late{pod=a}', Date.now() - 1_000);
  await open(page, service('late'));
  await expect(age).toHaveCount(0);
});

test('profiles without a pod are shown as "unknown", and the page says so', async ({ page }) => {
  await pushSlowWriter('podless', Date.now() - 2_000);
  await open(page, service('podless'));
  await page.locator('tr[data-lock] .lk a').first().click();
  await expect(page.locator('.y.pods a').first()).toHaveText('unknown');
  await expect(page.getByText('Some profiles carry no pod: their rows are called "unknown"')).toBeVisible();
});

test('names made of markup are shown as text, everywhere', async ({ page }) => {
  const hostile = '<img src=x onerror=document.title=1>';
  const bad = hostile.replaceAll(' ', '\u00a0');
  const reader = `sync.(*RWMutex).RLock rwmutex.go:72 ; ${bad}.Get store/cache.go:12`;
  const writer = `sync.(*RWMutex).Unlock rwmutex.go:201 ; ${bad}.Load store/cache.go:31`;
  const name = `hostile{pod=${hostile},team=<script>alert(1)</script>}`;
  await pushNow(name, `block go1.24\ncontentions delay stack\n9 30s ${reader}`);
  await pushNow(name, `mutex go1.24\ncontentions delay stack\n9 30s ${writer}`);
  for (const path of ['/', '/services/hostile', '/services/hostile/flame', '/settings', '/connect']) {
    await open(page, at(path));
    await expect(page.locator('main img')).toHaveCount(0);
    await expect(page).not.toHaveTitle('1');
  }
  await open(page, service('hostile'));
  const row = page.locator('tr[data-lock]').first();
  await expect(row).toContainText('<img');
  await row.getByRole('link').click();
  await expect(page.locator('.y.pods a').first()).toHaveText(hostile);
  await expect(page.locator('main img')).toHaveCount(0);
});

test('a service and a lock that never were are said to be so, with the way back', async ({ page, watched }) => {
  watched.allowed.push(/404/);
  await pushSlowWriter('known{pod=a}', Date.now() - 2_000);
  const answer = await page.goto(service('nobody'));
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).last().click();
  await expect(page).toHaveURL(at('/'));
  await open(page, service('known', '/locks/0123456789abcdef'));
  await expect(page.getByRole('heading', { name: 'Nobody waited at this lock in this range' })).toBeVisible();
  await page.getByRole('link', { name: 'All locks of known' }).click();
  await expect(page.locator('tr[data-lock]').first()).toBeVisible();
});

for (const [what, query, says] of [
  ['an instant', 'from=yesterdayish', '"yesterdayish" is no instant'],
  ['an order', 'from=now&to=now-1h', 'is not before'],
  ['a matcher', 'label=nonsense', '"nonsense" is no matcher'],
] as const) {
  test(`${what} in the address that cannot be read is said on every page, not replaced`, async ({ page }) => {
    await pushSlowWriter('asked{pod=a}', Date.now() - 2_000);
    for (const path of ['/', '/services/asked', '/services/asked/flame', '/services/asked/locks/0123456789abcdef']) {
      await open(page, at(`${path}?${query}`));
      await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible();
    }
    await page.getByRole('link', { name: 'Show the last hour without it' }).click();
    await expect(page.getByRole('alert').filter({ hasText: says })).toHaveCount(0);
  });
}

test('filters that match nothing say that on every page, and are one click from gone', async ({ page }) => {
  await pushSlowWriter('filtered{pod=a}', Date.now() - 2_000);
  for (const path of ['/locks/0123456789abcdef', '/flame', '']) {
    await open(page, at(`/services/filtered${path}?pod=nobody`));
    await expect(page.getByRole('heading', { name: 'No profile matches' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Without filters' }).click();
  await expect(page.locator('tr[data-lock]').first()).toBeVisible();
});

test('two processes that report as one pod are said to be two, on the page and by the API', async ({
  page,
  request,
}) => {
  const end = Date.now() - 2_000;
  for (const from of [end, end - 4_000]) {
    for (let window = 0; window < 12; window += 1) await pushSlowWriter('twins{pod=web-0}', from - window * 10_000);
  }
  await open(page, service('twins', '?from=now-5m&to=now'));
  await expect(page.getByRole('heading', { name: 'Two processes report as one pod' })).toBeVisible();
  await expect(page.getByText('windows of pod web-0 overlap')).toBeVisible();
  const { notes } = await (await request.get(at('/api/v1/services/twins/locks?from=now-5m&to=now'))).json();
  expect(notes).toContainEqual(expect.objectContaining({ code: 'pod-overlap' }));
});

test('when one of two targets does not answer, numbers say "at least"', async ({ page }) => {
  const target = await startPprofService();
  for (const kind of ['block', 'mutex']) {
    const file = new URL(`../fixtures/go/antip-go1.23-rw-long-writer/${kind}.pb.gz`, import.meta.url);
    target.profiles.set(kind, readFileSync(file));
  }
  try {
    await addTarget(page, 'partial', target.url);
    await addTarget(page, 'partial', 'http://127.0.0.1:9');
    await pushSlowWriter('partial{pod=a}', Date.now() - 1_000);
    await expect(async () => {
      await open(page, service('partial'));
      await expect(page.getByRole('heading', { name: /1 of 2\stargets answered/ })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    await expect(page.getByText('ECONNREFUSED')).toBeVisible();
    await expect(page.locator('tr[data-lock] [data-l="busiest"]').first()).toHaveText(/^≥\s*3\.6$/);
    await expect(page.locator('tr[data-lock] [data-l="average"]').first()).toHaveText(/^≥/);
  } finally {
    await target.close();
  }
});

async function addTarget(page: import('@playwright/test').Page, name: string, url: string): Promise<void> {
  await open(page, at('/settings'));
  await page.getByLabel('Service', { exact: true }).fill(name);
  await page.getByLabel('Address of net/http/pprof').fill(url);
  await page.getByLabel('Every (s)').fill('1');
  await page.getByRole('button', { name: 'Scrape it' }).click();
  await expect(page.getByText(`${url} is scraped from now on.`)).toBeVisible();
}
