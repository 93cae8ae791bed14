import type { Page } from '@playwright/test';
import { expect, open, test } from './test';
import { culprit, lastName, truth } from './truth';

const service = `/services/${truth.service}`;
const rows = (page: Page) => page.getByRole('region', { name: 'Table of locks' }).locator('tr[data-lock]');
const params = (page: Page) => new URL(page.url()).searchParams;

test('the lock of the incident is the first row, and every row falls by its busiest bucket', async ({ page }) => {
  await open(page, service);
  await expect(rows(page).first()).toContainText(lastName(culprit.name));
  await expect(rows(page).first()).toContainText(/GetConfig\s*→\s*ReloadFromDB/);
  const busiest = await rows(page).locator('[data-l="busiest"]').allTextContents();
  const values = busiest.map((text) => (text.startsWith('<') ? 0 : Number(text)));
  expect(values.length).toBeGreaterThan(1);
  expect(values).toEqual([...values].sort((a, b) => b - a));
});

test('a row never shows an average without its busiest bucket', async ({ page }) => {
  await open(page, service);
  for (const row of await rows(page).all()) {
    await expect(row.locator('[data-l="busiest"]')).toHaveText(/^[≥<]?\s*[\d.]+$|^0$/);
    await expect(row.locator('[data-l="average"]')).toHaveText(/^[≥<]?\s*[\d.]+$|^0$/);
  }
});

test('an average over hours does not hide the stall: the busiest bucket stays', async ({ page }) => {
  await open(page, `${service}?from=now-1h&to=now`);
  const cell = rows(page).first().locator('[data-l="busiest"]');
  const inAnHour = await cell.textContent();
  await open(page, `${service}?from=now-6h&to=now`);
  expect(await cell.textContent()).toBe(inAnHour);
});

test('pods with the lock are never more than pods that report', async ({ page }) => {
  await open(page, service);
  await expect(rows(page).first()).toBeVisible();
  const cells = await rows(page).locator('td:has(.dots)').allTextContents();
  expect(cells.length).toBeGreaterThan(0);
  for (const text of cells) {
    const [affected = Number.NaN, of = Number.NaN] = text.split('/').map(Number);
    expect(of).toBe(truth.pods.length);
    expect(affected).toBeLessThanOrEqual(of);
  }
});

test('i shows idle waits, says so in the address and in the chip, and hides them again', async ({ page }) => {
  await open(page, service);
  const chip = page.getByRole('link', { name: /idle waits? (hidden|shown)/ });
  await expect(chip).toContainText('hidden');
  const count = Number(/\d+/.exec((await chip.textContent()) ?? '')?.[0]);
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/idle=1/);
  await expect(chip).toContainText('shown');
  const idle = page.getByRole('region', { name: 'Idle waits', exact: true });
  await expect(idle.locator('tr[data-wait]')).toHaveCount(count);
  await page.keyboard.press('i');
  await expect(page).not.toHaveURL(/idle=/);
  await expect(idle).toHaveCount(0);
});

test('sorting is in the address and survives a reload', async ({ page }) => {
  await open(page, service);
  const head = page.getByRole('columnheader', { name: 'Lock' });
  await head.getByRole('link').click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const names = await rows(page).locator('.lk a').allTextContents();
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
  await page.reload();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  expect(await rows(page).locator('.lk a').allTextContents()).toEqual(names);
});

test('j j Enter opens the second lock, and Back comes back to the same row with the focus', async ({ page }) => {
  await open(page, service);
  const second = await rows(page).nth(1).getAttribute('data-lock');
  await page.keyboard.press('j');
  await expect(rows(page).nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/locks/${second}`));
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`sel=${second}`));
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows(page).nth(0)).toBeFocused();
});

test('keys pressed faster than the address changes are not lost', async ({ page }) => {
  await open(page, service);
  await rows(page).first().waitFor();
  await page.evaluate(() => {
    for (const key of ['j', 'j', ' '])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  await expect(rows(page).nth(1).getByRole('button')).toHaveAttribute('aria-expanded', 'true');
});

test('Space opens a row in place with its waiters and holders, also from a link', async ({ page }) => {
  await open(page, service);
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const opener = rows(page).first().getByRole('button');
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('list', { name: 'Waiters' })).toContainText('GetConfig');
  await expect(page.getByRole('list', { name: 'Holders' })).toContainText('ReloadFromDB');
  await page.reload();
  await expect(page.getByRole('list', { name: 'Holders' })).toContainText('ReloadFromDB');
  await opener.click();
  await expect(page.getByRole('list', { name: 'Holders' })).toHaveCount(0);
});

test('dragging over the chart selects that window, and Back takes it back', async ({ page }) => {
  await open(page, service);
  const plot = page.getByRole('region', { name: 'Waiting by lock' }).getByRole('group').first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the chart has no size');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.7, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.9, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{10}&to=\d{10}/);
  const seconds = Number(params(page).get('to')) - Number(params(page).get('from'));
  // A fifth of an hour, in whole buckets.
  expect(Math.abs(seconds - 720)).toBeLessThanOrEqual(60);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
});

test('the keyboard selects a window too: arrows, Shift, Enter; Escape lets it go', async ({ page }) => {
  await open(page, service);
  const plot = page.getByRole('region', { name: 'Waiting by lock' }).getByRole('group').first();
  await plot.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.locator('.pickbox')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('.pickbox')).toHaveCount(0);
  await expect(page).not.toHaveURL(/from=/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=\d{10}&to=\d{10}/);
});

test('rows are not read again while the pointer is over them', async ({ page }) => {
  await open(page, service);
  await rows(page).first().hover();
  const reads: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('_rsc=')) reads.push(request.url());
  });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForTimeout(500);
  expect(reads).toEqual([]);
});

test('averages can be taken over all pods, and the columns say so', async ({ page }) => {
  await open(page, service);
  await page.getByRole('link', { name: 'Averages over all pods' }).click();
  await expect(page).toHaveURL(/unit=sum/);
  await expect(page.getByRole('columnheader', { name: /Average, all pods/ })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /Busiest/ }).first()).toBeVisible();
  // The areas of the chart are of one pod: a line of all pods together has no place over them.
  const chart = page.getByRole('region', { name: 'Waiting by lock' }).first();
  await expect(chart.locator('.recharts-area').first()).toBeAttached();
  await expect(chart.locator('.recharts-line')).toHaveCount(0);
  await page.getByRole('link', { name: 'Averages per pod' }).click();
  await expect(chart.locator('.recharts-line')).toHaveCount(1);
});
