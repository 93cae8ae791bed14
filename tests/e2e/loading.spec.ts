import type { Page } from '@playwright/test';
import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { type SlowLine, startSlowLine } from './slow-line';
import { expect, test } from './test';
import { truth } from './truth';

/** What a page shows before its numbers are there, seen over a line that holds them back. */
let line: SlowLine;
let calm: OwnServer;
let calmLine: SlowLine;
const range = 'from=now-1h&to=now';
const service = `/services/${truth.service}`;
const skeleton = (page: Page) => page.locator('[data-skeleton]');

test.beforeAll(async ({ baseURL }) => {
  line = await startSlowLine(String(baseURL));
  calm = await startOwnServer();
  for (const text of slowWriter('20ms')) await push(calm.url, { name: 'calm{pod=a}', text, end: Date.now() - 2_000 });
  calmLine = await startSlowLine(calm.url);
});
test.afterAll(async () => {
  await line.close();
  await calmLine.close();
  await calm.end();
});

/** Opens a page and stops at its frame. */
async function openFrame(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => {
    const sums = { shift: 0 };
    Object.assign(window, { layoutShift: sums });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('value' in entry && typeof entry.value === 'number') sums.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'commit' });
  await expect(skeleton(page)).toBeVisible();
}

/** Lets all parts come, one at a time, each drawn before the next. */
async function finish(page: Page, over: SlowLine): Promise<void> {
  do await page.waitForTimeout(150);
  while (over.next());
  await expect(skeleton(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForTimeout(500);
}

const topOf = (page: Page, heading: string) =>
  page
    .getByRole('heading', { name: heading, exact: true })
    .evaluate((element) => element.getBoundingClientRect().top + window.scrollY);

async function lockAddress(page: Page): Promise<string> {
  const answer = await (await page.request.get(`/api/v1${service}/locks?${range}`)).json();
  return `${service}/locks/${answer.locks[0].id}?${range}`;
}

for (const [name, address, heading] of [
  ['overview', () => `/?${range}`, 'Waiting at locks'],
  ['service', () => `${service}?${range}`, 'Waiting by lock'],
  ['lock', lockAddress, 'Who waits, who holds'],
  ['builds', () => `${service}/builds?${range}`, 'Waiting by build'],
] as const) {
  test(`${name}: numbers come where their places were, and nothing moves`, async ({ page }) => {
    // The overview's places are those of a day without trouble.
    const over = name === 'overview' ? calmLine : line;
    await openFrame(page, over.url + (await address(page)));
    const placed = await topOf(page, heading);
    await finish(page, over);
    // A sentence may break into one line more or less than usual; on a phone so may its reason.
    const lines = (page.viewportSize()?.width ?? 0) < 640 ? 2 : 1;
    expect(Math.abs((await topOf(page, heading)) - placed)).toBeLessThanOrEqual(28 * lines);
    expect(await page.evaluate(() => Reflect.get(window, 'layoutShift').shift)).toBeLessThanOrEqual(0.02);
  });
}

test('flame: the graph comes where its place was, and nothing moves', async ({ page }) => {
  await openFrame(page, `${line.url}${service}/flame?${range}`);
  const place = await page.locator('.flame-place').boundingBox();
  await finish(page, line);
  const graph = await page.locator('.fg-graph').boundingBox();
  // On a phone its reason may break into a line more or less.
  const room = (page.viewportSize()?.width ?? 0) < 640 ? 40 + 28 : 40;
  expect(Math.abs((graph?.y ?? 0) - (place?.y ?? 9_999))).toBeLessThanOrEqual(room);
  expect(await page.evaluate(() => Reflect.get(window, 'layoutShift').shift)).toBeLessThanOrEqual(0.02);
});

test('after a second it says that it reads, after eight it offers a narrower range', async ({ page }) => {
  await openFrame(page, `${line.url}${service}?${range}`);
  const says = skeleton(page).getByText('Reading profiles', { exact: false }).first();
  const less = page.getByRole('link', { name: 'Show the last 15 m instead' });
  const place = await page.locator('.timeline-place').boundingBox();
  await expect(says).toBeVisible({ timeout: 5_000 });
  await expect(less).toHaveCount(0);
  await expect(less).toBeVisible({ timeout: 15_000 });
  await expect(less).toHaveAttribute('href', /from=now-15m/);
  expect(await page.locator('.timeline-place').boundingBox()).toEqual(place);
  await finish(page, line);
  await expect(less).toHaveCount(0);
});
