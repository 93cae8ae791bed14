import type { Locator, Page } from '@playwright/test';
import { laneOf, openTrace, pressAndMove, recording, sendTrace } from './capture';
import { axeFindings, expect, test } from './test';

let path = '';
test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  path = await sendTrace(request, { bytes: recording('truth-go1.26'), name: 'truth.trace' });
  await request.dispose();
});

const holdPanel = (page: Page) => page.getByRole('complementary', { name: 'Chosen hold' });
const waitPanel = (page: Page) => page.getByRole('complementary', { name: 'Chosen wait' });
const said = (page: Page, text: RegExp) => page.locator('output').filter({ hasText: text });

/** A place in a lane under which the tip says `text`. */
async function placeOf(page: Page, canvas: Locator, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const tip = page.locator('.lane-tip');
  for (let y = box.y + 4; y < box.y + box.height; y += 6) {
    const place = { x: box.x + box.width * 0.5, y };
    await page.mouse.move(place.x, place.y);
    if ((await tip.count()) > 0 && (await tip.textContent())?.includes(text) === true) return place;
  }
  throw new Error(`no place of the lane says ${text}`);
}

async function everyPartOf(panel: Locator): Promise<void> {
  await expect(panel.getByRole('heading').first()).toContainText(/G21 main\.func1\.1 held it [\d.]+\sms/);
  await expect(panel.getByRole('list', { name: 'Stack of G21, which let go' })).toContainText('sync.(*RWMutex).Unlock');
  await expect(panel.getByRole('list', { name: 'Stack of G21, which took it' })).toContainText('sync.(*RWMutex).Lock');
  await expect(panel.locator('.kv')).toContainText('sleeping');
  await expect(panel.getByRole('navigation', { name: 'Whom it woke' })).toContainText(/woke \d+\sgoroutines/);
}

test('a click on a hold chooses it: both stacks, what the holder did, whom it woke; the link shows the same', async ({
  page,
  context,
}) => {
  await openTrace(page, path);
  const canvas = laneOf(page, 'who holds').getByRole('img');
  await canvas.scrollIntoViewIfNeeded();
  const place = await placeOf(page, canvas, 'G21');
  await page.mouse.click(place.x, place.y);
  await expect(page).toHaveURL(/hold=21-\d+/);
  await everyPartOf(holdPanel(page));
  await expect(page.locator('.lane[data-chosen]')).toContainText('G21');
  expect(await axeFindings(page)).toEqual([]);
  const other = await context.newPage();
  await openTrace(other, page.url());
  await everyPartOf(holdPanel(other));
});

test('by mouse: from a hold to its waiters, to their unblocker, back to the hold, and up to the root', async ({
  page,
}) => {
  await openTrace(page, path);
  await waitPanel(page)
    .getByRole('button', { name: /this hold and its waiters/ })
    .click();
  await expect(page).toHaveURL(/hold=21-\d+/);
  const waiter = holdPanel(page).getByRole('navigation', { name: 'Whom it woke' }).getByRole('button').nth(1);
  const goroutine = /G(\d+)/.exec((await waiter.textContent()) ?? '')?.[1] ?? '';
  await waiter.click();
  await expect(page).toHaveURL(/wait=\d+/);
  await expect(page).not.toHaveURL(/hold=/);
  await expect(waitPanel(page).getByRole('heading').first()).toContainText(`G${goroutine} waits`);
  await waitPanel(page)
    .getByRole('button', { name: /unblock edge/ })
    .click();
  await expect(said(page, new RegExp(`^G21 ended the wait of G${goroutine}$`))).toBeAttached();
  await waitPanel(page)
    .getByRole('button', { name: /held it$/ })
    .click();
  await expect(said(page, /^G21 held the lock$/)).toBeAttached();
  await waitPanel(page).getByRole('navigation', { name: /Chain/ }).getByRole('button').last().click();
  await expect(said(page, /^G21 slept/)).toBeAttached();
  await waitPanel(page)
    .getByRole('button', { name: /this hold and its waiters/ })
    .click();
  await everyPartOf(holdPanel(page));
  await holdPanel(page)
    .getByRole('button', { name: /^its own wait of/ })
    .click();
  await expect(waitPanel(page).getByRole('heading').first()).toContainText('G21 waits');
});

test('by keyboard: t goes to the hold and back to a waiter, comma and dot to its neighbours, ⇧H to the root', async ({
  page,
}) => {
  await openTrace(page, path);
  await pressAndMove(page, 't');
  await expect(page).toHaveURL(/hold=21-\d+/);
  await everyPartOf(holdPanel(page));
  const first = page.url();
  await pressAndMove(page, '.');
  await expect(page).toHaveURL(/hold=\d+-\d+|t0=\d+/);
  await pressAndMove(page, 'z');
  await expect(page).toHaveURL(first);
  await expect(holdPanel(page).getByRole('navigation', { name: /Chain/ })).toBeVisible();
  await page.keyboard.press('H');
  await expect(said(page, /^G21 slept/)).toBeAttached();
  await pressAndMove(page, 't');
  await expect(page).toHaveURL(/wait=\d+/);
  await expect(waitPanel(page).getByRole('heading').first()).toContainText('waits');
  await page.keyboard.press('u');
  await expect(said(page, /^G21 ended the wait of G\d+$/)).toBeAttached();
  await page.keyboard.press('h');
  await expect(said(page, /^G21 held the lock$/)).toBeAttached();
});

test('the table of holds leads to a hold too', async ({ page }) => {
  await openTrace(page, path);
  await page.getByText('View as table').click();
  const table = page.getByRole('region', { name: /^Holds of main\.reader/ });
  await table.getByRole('row').filter({ hasText: 'write' }).getByRole('button', { name: 'G21' }).first().press('Enter');
  await everyPartOf(holdPanel(page));
});

test('a hold that is not there says so, and the capture stays at hand', async ({ page }) => {
  await openTrace(page, path);
  await page.goto(`${path}?hold=21-77`);
  await expect(page.getByRole('alert').filter({ hasText: 'G21 ends no hold of this lock at 77 ns' })).toBeVisible();
  await page.getByRole('link', { name: 'Show the capture without it' }).click();
  await expect(laneOf(page, 'who holds')).toBeVisible();
});
