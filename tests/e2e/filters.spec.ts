import type { Page } from '@playwright/test';
import { axeFindings, expect, open, test } from './test';
import { quietBuild, truth } from './truth';

const service = `/services/${truth.service}?from=now-1h&to=now`;
const [pod = ''] = truth.pods;
const adder = (page: Page) => page.getByRole('button', { name: 'Add a filter' });
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 640;
/** A thumb's target on a phone; a pointer's otherwise. */
const least = (page: Page) => (isPhone(page) ? 40 : 24);

test('a filter is added by keyboard, is in the address, and goes away by its chip', async ({ page }) => {
  await open(page, service);
  await adder(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Label' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(pod);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`pod=${pod}`));
  await expect(adder(page)).toBeFocused();
  await expect(page.locator('td:has(.dots)').first()).toHaveText(/1\s*\/\s*1/);
  const chip = page.getByRole('link', { name: `Remove filter pod ${pod}` });
  expect((await chip.boundingBox())?.height).toBeGreaterThanOrEqual(least(page));
  await chip.click();
  await expect(page).not.toHaveURL(/pod=/);
});

test('any label can be chosen, and a leading - excludes', async ({ page }) => {
  await open(page, service);
  await adder(page).click();
  await page.getByRole('combobox', { name: 'Label' }).fill('build');
  await page.getByRole('combobox', { name: /^Value/ }).fill(`-${quietBuild.build}`);
  await page.getByRole('button', { name: 'Add filter', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`build=-${quietBuild.build}`));
  await expect(page.getByRole('link', { name: `Remove filter build not ${quietBuild.build}` })).toBeVisible();
});

test('Esc closes the form and gives the focus back', async ({ page }) => {
  await open(page, service);
  await adder(page).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Label' })).toBeHidden();
  await expect(adder(page)).toBeFocused();
  await expect(page).not.toHaveURL(/pod=/);
});

test('a phone taps one of the values, and all that it taps is as large as a thumb', async ({ page }) => {
  test.skip(!isPhone(page), 'a wide screen has the list of the field');
  for (const path of [service, `/?from=now-1h&to=now`, service.replace('?', '/flame?')]) {
    await open(page, path);
    await adder(page).tap();
    const values = page.getByRole('list', { name: 'Values of pod' }).getByRole('button');
    await expect(values).toHaveText([...truth.pods].sort());
    const form = page.locator('form', { has: page.getByRole('combobox', { name: 'Label' }) });
    for (const target of [adder(page), ...(await form.locator('input, button').all())]) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(40);
    }
    expect(await axeFindings(page)).toEqual([]);
    await values.first().tap();
    await expect(page).toHaveURL(new RegExp(`pod=${pod}`));
  }
});

test('pages that no range and no filter changes offer neither', async ({ page, watched }) => {
  watched.allowed.push(/404/);
  for (const path of ['/settings', '/connect', '/uploads/0123456789abcdef']) {
    await page.goto(`${path}?pod=a&unit=sum`);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add a filter' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Time range/ })).toHaveCount(0);
    await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(0);
  }
  await open(page, '/?pod=a');
  await expect(page.getByRole('button', { name: /^Time range/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Remove filter/ }).first()).toBeAttached();
});
