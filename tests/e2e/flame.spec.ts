import type { Page } from '@playwright/test';
import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import { axeFindings, expect, open, test } from './test';
import { truth } from './truth';

const flame = (query = '') => `/services/${truth.service}/flame?from=now-45m${query}`;
const cpu = '&mode=process_cpu%3Acpu';
const detail = (page: Page) => page.getByTestId('flame-detail');
const item = (page: Page) => page.getByRole('treeitem');
const tree = (page: Page) => page.getByRole('tree');

test('search counts its hits, Enter walks them, and the small map has a tick for each', async ({ page }) => {
  await open(page, flame(cpu));
  const field = page.getByRole('searchbox', { name: 'Search frames' });
  await field.fill('json');
  const count = page.getByRole('search').getByRole('status');
  await expect(count).toHaveText(/^– of \d+/);
  const hits = Number(/of (\d+)/.exec((await count.textContent()) ?? '')?.[1]);
  expect(hits).toBeGreaterThan(1);
  await expect(page.locator('.fg-mini')).toHaveAttribute('data-ticks', String(hits));
  await field.press('Enter');
  await expect(count).toHaveText(new RegExp(`^1 of ${hits}`));
  const first = await item(page).textContent();
  expect(first).toContain('json');
  await field.press('Enter');
  await expect(count).toHaveText(new RegExp(`^2 of ${hits}`));
  await expect(page).toHaveURL(/sel=[0-9a-f]{16}/);
  await expect(page).toHaveURL(/q=json/);
  // The table follows the same filter.
  for (const name of await page.getByRole('table').locator('tbody button').all()) {
    expect(`${await name.getAttribute('title')} `).toMatch(/json/);
  }
});

test('brackets are text, and a broken expression says what is wrong', async ({ page }) => {
  await open(page, flame(cpu));
  const field = page.getByRole('searchbox', { name: 'Search frames' });
  await field.fill('(*OrderService)');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/of \d+/);
  await field.fill('re:(');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/Unterminated group/);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
});

test('the keyboard alone moves, zooms, focuses and comes back', async ({ page }) => {
  await open(page, flame(cpu));
  await tree(page).focus();
  const start = await item(page).textContent();
  expect(start).toContain('all stacks');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const inside = await item(page).textContent();
  expect(inside).not.toBe(start);
  await expect(item(page)).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/zoom=[0-9a-f]{16}/);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect(page).not.toHaveURL(/zoom=/);

  await page.keyboard.press('0');
  const framesBefore = await page.locator('.fg-graph g.frame').count();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('f');
  const chip = page.getByRole('link', { name: /^Remove: focus/ });
  await expect(chip).toBeVisible();
  await expect.poll(() => page.locator('.fg-graph g.frame').count()).not.toBe(framesBefore);
  await chip.click();
  await expect(chip).toBeHidden();
  await expect.poll(() => page.locator('.fg-graph g.frame').count()).toBe(framesBefore);
});

test('a sandwich shows callers above and callees below, and each half adds up', async ({ page }) => {
  await open(page, flame(cpu));
  await page.getByRole('searchbox', { name: 'Search frames' }).fill('re:json\\.Marshal$');
  await page.getByRole('searchbox', { name: 'Search frames' }).press('Enter');
  await tree(page).focus();
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/fn=encoding%2Fjson\.Marshal/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of the CPU time passes Marshal');
  await expect(page.locator('.fg-half')).toHaveCount(2);
  const totals = await page.locator('.fg-half').allTextContents();
  expect(totals[0]?.replace('Its callers', '')).toBe(totals[1]?.replace('What it calls', ''));
});

test('a copied link shows the same frame, steps and search in a fresh browser', async ({ page, browser, watched }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, flame(`${cpu}&t=h~internals`));
  await tree(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/sel=/);
  const said = await item(page).textContent();
  await page.getByRole('button', { name: /Copy link/ }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/from=\d{10}&/);
  expect(link).toMatch(/&to=\d{10}&tz=UTC/);
  const other = await (await browser.newContext()).newPage();
  watched.watch(other);
  await open(other, link);
  await expect(item(other)).toHaveText(said ?? '');
  await expect(other.getByRole('link', { name: 'Remove: hide runtime and sync' })).toBeVisible();
  await expect(detail(other)).toContainText((said ?? '').split(',')[0] ?? '');
  await other.context().close();
});

test('what was merged is said with its share, and "show" brings the frames', async ({ page }) => {
  await open(page, flame(cpu));
  const merged = page.getByText(/small frames merged/);
  await expect(merged).toHaveText(/^[<\d.]+\s% in [\d\u202f]+ small frames merged/);
  const before = await page.locator('.fg-graph g.frame').count();
  await merged.getByRole('link', { name: 'show' }).click();
  await expect(page).toHaveURL(/more=1/);
  await expect(merged).toBeHidden();
  expect(await page.locator('.fg-graph g.frame').count()).toBeGreaterThanOrEqual(before);
});

test('no child is wider than its parent, and the children of no node exceed it', async ({ request }) => {
  for (const type of ['block:delay', 'mutex:delay', 'process_cpu:cpu', 'memory:alloc_space']) {
    const url = `/api/v1/services/${truth.service}/flamegraph?from=now-45m&type=${type}&maxNodes=20000`;
    const { root } = await (await request.get(url)).json();
    let nodes = 0;
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      nodes++;
      const sum = node.children.reduce((total: number, child: { total: number }) => total + child.total, 0);
      expect(sum + node.self).toBeCloseTo(node.total, -1);
      open.push(...node.children);
    }
    expect(nodes).toBeGreaterThan(5);
  }
});

test('the mirror shows both sides of the culprit and leads to its page', async ({ page }) => {
  await open(page, flame());
  const [lock] = truth.locks;
  const table = page.getByRole('table');
  const named = (site: string | undefined) => site?.split('/').at(-1) ?? 'no such lock in the recording';
  const waits = table
    .getByRole('row')
    .filter({ hasText: 'waits' })
    .filter({ hasText: named(lock?.waiter.function) });
  const releases = table.getByRole('row').filter({ hasText: 'releases' });
  await expect(releases.filter({ hasText: named(lock?.holder.function) })).toHaveCount(1);
  await waits.getByRole('button').click();
  await expect(detail(page)).toContainText(/busiest 10\s+s, average/);
  await detail(page).getByRole('link').click();
  await expect(page).toHaveURL(/\/locks\/[0-9a-f]{16}/);
});

test('downloads: pprof that decodes, and an SVG that stands alone', async ({ page, request }) => {
  await open(page, flame(cpu));
  const href = await page.getByRole('link', { name: 'Download pprof' }).getAttribute('href');
  const pprof = await request.get(href ?? '');
  expect(pprof.status()).toBe(200);
  const profile = toProfile(decodePprof(await pprof.body()));
  expect(profile.sampleTypes.map(({ type, unit }) => `${type} ${unit}`)).toContain('cpu nanoseconds');
  const at = profile.sampleTypes.findIndex(({ type }) => type === 'cpu');
  const sum = profile.samples.values[at]?.reduce((total, value) => total + value, 0) ?? 0;
  const { root } = await (await request.get((href ?? '').replace('format=pprof', 'format=json'))).json();
  expect(sum).toBe(root.total);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download SVG' }).click();
  const stream = await (await waiting).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const svg = Buffer.concat(chunks).toString('utf8');
  expect(svg).toMatch(/^<svg xmlns/);
  expect(svg).not.toMatch(/var\(|oklch|<script/);
});

test('an address that asks for what is not there says so and offers the way back', async ({ page }) => {
  await open(page, flame('&mode=wall%3Awall'));
  await expect(page.getByRole('heading', { name: 'There is no "wall:wall" profile in this range' })).toBeVisible();
  await open(page, flame('&t=f~nothing'));
  await expect(page.getByRole('alert').filter({ hasText: '"f~nothing" is no step' })).toBeVisible();
  await page.getByRole('link', { name: 'Show the graph without it' }).click();
  await expect(tree(page)).toBeVisible();
  await open(page, flame(`${cpu}&t=F~no.such.function`));
  await expect(page.getByRole('heading', { name: 'Nothing is left to draw' })).toBeVisible();
  await open(page, `/services/${truth.service}/flame?from=1500000000&to=1500003600`);
  await expect(page.getByRole('heading', { name: 'No profile arrived in this range' })).toBeVisible();
  await page.getByRole('link', { name: 'Jump there' }).click();
  await expect(tree(page)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any mode, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const query of ['', '&mode=waiters&color=reason', `${cpu}&q=json`, `${cpu}&fn=encoding%2Fjson.Marshal`]) {
      await open(page, flame(query));
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await expect(page.locator('.fg-graph g.frame').first()).toBeAttached();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
}
