import { readFileSync } from 'node:fs';
import { expect, open, test } from './test';
import { truth } from './truth';

const wholeRange = 'from=now-1h&to=now';

test('a dragged window becomes the range, and Esc takes it away', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a finger scrolls; a phone selects in the range menu');
  await open(page, `/?${wholeRange}`);
  const box = await page.locator('.strip .brush').first().boundingBox();
  if (box === null) throw new Error('no strip');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 10, { steps: 4 });
  await expect(page.locator('.pickbox')).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{10}&to=\d{10}/);
  const url = new URL(page.url());
  const seconds = Number(url.searchParams.get('to')) - Number(url.searchParams.get('from'));
  expect(seconds).toBeGreaterThan(850);
  expect(seconds).toBeLessThan(1000);
  // Esc is there once the page has drawn the new range.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/from=now-1h/, { timeout: 1_000 });
  }).toPass();
});

test('the keyboard selects a window too', async ({ page }) => {
  await open(page, `/?${wholeRange}`);
  await page.locator('.strip .brush').first().focus();
  await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=\d{10}&to=\d{10}/);
});

test('a click on a cell opens the service around it', async ({ page }) => {
  await open(page, `/?${wholeRange}`);
  await page.locator('.strip .brush').first().click();
  await expect(page).toHaveURL(new RegExp(`/services/${truth.service}\\?from=\\d{10}&to=\\d{10}`));
});

test('new profiles never move rows below the pointer', async ({ page, request, isMobile }) => {
  test.skip(isMobile, 'a phone has no pointer that rests');
  await open(page, `/?${wholeRange}`);
  await page.locator('.strips').hover();
  const before = await page.locator('.strips').textContent();
  const now = Math.floor(Date.now() / 1000);
  const name = encodeURIComponent(`${truth.service}{pod=${truth.pods[0]}}`);
  const profile = readFileSync(new URL('../fixtures/go/ordersvc-go1.23-bad/w1-goroutine.pb.gz', import.meta.url));
  const answer = await request.post(`/ingest?name=${name}&from=${now - 10}&until=${now}&format=pprof`, {
    multipart: { profile: { name: 'profile.pprof', mimeType: 'application/octet-stream', buffer: profile } },
  });
  expect(answer.status()).toBe(200);
  const pill = page.getByRole('button', { name: /^\d+ changes?$/ });
  await expect(pill).toBeVisible({ timeout: 15_000 });
  expect(await page.locator('.strips').textContent()).toBe(before);
  await pill.click();
  await expect(pill).toBeHidden();
});
