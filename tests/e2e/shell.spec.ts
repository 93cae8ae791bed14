import { axeFindings, expect, open, test } from './test';
import { culprit, truth } from './truth';

const wholeRange = 'from=now-1h&to=now';
const service = `/services/${truth.service}`;

/** Ways of the connect page and the login form; the pages themselves are walked in everywhere.spec.ts. */
for (const path of ['/connect?via=push', '/connect?via=node', '/connect?via=file', '/login']) {
  test(`${path}: axe finds nothing, and it fits`, async ({ page }) => {
    await open(page, path);
    expect(await axeFindings(page)).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  });
}

test('⌘K finds a lock by part of its name, from any page', async ({ page }) => {
  await open(page, '/settings');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('orderconf');
  await expect(page.getByRole('option').first()).toContainText(culprit.name);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/locks\/[0-9a-f]+/);
});

test('⌘K understands a time', async ({ page }) => {
  await open(page, `${service}?${wholeRange}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('last 2h');
  await expect(page.getByRole('option').first()).toContainText('Show last 2h');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=now-2h/);
});

test('? lists the shortcuts of the page, and every one of them is registered', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no keyboard button');
  await open(page, `${service}?${wholeRange}`);
  await page.locator('tr[data-lock]').first().waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const wanted = ['j', 'k', 'i', 's', 'Space', '↵', '[', ']', '-', '=', 'y', 'z', 'g o', 'g l', 'g f', '⌘K'];
  // The list registers its keys when it wakes up; the open sheet follows.
  await expect.poll(() => sheet.locator('kbd').allInnerTexts()).toEqual(expect.arrayContaining(wanted));
  await page.keyboard.press('Escape');
  await open(page, '/settings');
  await page.keyboard.press('?');
  await expect(sheet.locator('kbd', { hasText: /^Space$/ })).toHaveCount(0);
});

test('single keys can be switched off, ⌘K cannot', async ({ page }) => {
  await open(page, '/settings');
  await page
    .getByLabel(/Single-key shortcuts/)
    .last()
    .uncheck();
  await open(page, `${service}?${wholeRange}`);
  await page.locator('tr[data-lock]').first().waitFor();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(/sel=/);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search or jump to' })).toBeVisible();
});

test('a chosen theme is there before the first paint of the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/settings');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.goto('/connect', { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the keys of time move the range, and z undoes', async ({ page }) => {
  await open(page, `${service}?from=now-20m&to=now`);
  await page.locator('tr[data-lock]').first().waitFor();
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/from=now-2400s/);
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/from=\d{10}/);
  await page.keyboard.press('z');
  await expect(page).toHaveURL(/from=now-2400s/);
});

test('y copies a link with absolute times that shows the same', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, `${service}?${wholeRange}`);
  await page.locator('tr[data-lock]').first().waitFor();
  const rows = await page.locator('tr[data-lock] .lk').allInnerTexts();
  await page.keyboard.press('y');
  await expect(page.getByText(/Link copied: .* UTC/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get('from')).toMatch(/^\d{10}$/);
  await open(page, link);
  await expect(page.locator('tr[data-lock] .lk')).toHaveText(rows);
});

test('parameters of others travel along', async ({ page }) => {
  await open(page, `${service}?${wholeRange}&theirs=7`);
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/theirs=7.*idle=1/);
});

test('an unknown address is a page of ours', async ({ page }) => {
  const answer = await page.request.get('/services/nobody');
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain('There is no such page');
});
