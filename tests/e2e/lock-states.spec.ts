import { axeFindings, expect, open, test } from './test';
import { truth } from './truth';

const locks = `/services/${truth.service}/locks`;

test('a lock that nobody waits for in the range is good news', async ({ page }) => {
  await open(page, `${locks}/0000000000000000?from=now-45m`);
  await expect(page.getByRole('heading', { name: 'Nobody waited at this lock in this range' })).toBeVisible();
});

test('a range without profiles says when the last one came and leads there', async ({ page }) => {
  await open(page, `${locks}/0000000000000000?from=1500000000&to=1500003600`);
  await expect(page.getByRole('heading', { name: 'No profile arrived in this range' })).toBeVisible();
  await expect(page.getByText(/Last data \d{4}-\d\d-\d\d/)).toBeVisible();
  await page.getByRole('link', { name: 'Jump there' }).click();
  await expect(page).toHaveURL(/from=\d{10}/);
});

test('a range that cannot be read is said, not replaced', async ({ page }) => {
  await open(page, `${locks}/0000000000000000?from=yesterday`);
  await expect(page.getByRole('alert').filter({ hasText: '"yesterday" is no instant' })).toBeVisible();
});

test('source lines show where the holder holds, and the field of the lock', async ({ page, request }) => {
  const answer = await (await request.get(`/api/v1/services/${truth.service}/locks?from=now-45m`)).json();
  await open(page, `${locks}/${answer.locks[0].id}?from=now-45m`);
  const source = page.getByRole('complementary', { name: 'Source' });
  await expect(source).toContainText('m.mu.Lock()');
  await expect(source.locator('.held').first()).toContainText('m.mu.Lock()');
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    expect(await axeFindings(page)).toEqual([]);
  }
});
