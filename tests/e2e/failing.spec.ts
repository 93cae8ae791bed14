import type { Page } from '@playwright/test';
import { takeTable } from './damage';
import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { axeFindings, expect, open, test } from './test';

/** Databases that lose a table while the server runs, and get it back. */
let server: OwnServer;
const rows = (page: Page) => page.locator('tr[data-lock]');
const problem = (page: Page, what: string) =>
  page.getByRole('alert').filter({ has: page.getByRole('heading', { name: `${what} could not be read` }) });

async function pushSlowWriter(name: string): Promise<void> {
  for (const text of slowWriter('36s')) await push(server.url, { name, text, end: Date.now() - 1_000 });
}

test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.end());

test('a store that cannot be read is said on every page, with an id that is in the log', async ({ page }) => {
  await pushSlowWriter('unread{pod=a}');
  await open(page, `${server.url}/services/unread`);
  const lock = await rows(page).first().getAttribute('data-lock');
  const putBack = takeTable(server.dir, 'samples.db', 'series');
  try {
    for (const [path, what] of [
      ['/', 'The overview'],
      ['/services/unread', 'The locks'],
      [`/services/unread/locks/${lock}`, 'The lock'],
      ['/services/unread/flame', 'The flame graph'],
      ['/services/unread/builds', 'The builds'],
      ['/settings', 'The settings'],
    ] as const) {
      await open(page, `${server.url}${path}`);
      const alert = problem(page, what);
      await expect(alert).toContainText('no such table');
      const [, id = 'none'] = /request ([0-9a-f]{8}),/.exec((await alert.textContent()) ?? '') ?? [];
      expect(server.output()).toContain(`page error ${id} `);
      expect(await axeFindings(page)).toEqual([]);
    }
    await open(page, `${server.url}/services/unread`);
  } finally {
    putBack();
  }
  await problem(page, 'The locks').getByRole('button', { name: 'Retry' }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(problem(page, 'The locks')).toHaveCount(0);
});

test('numbers that were read before stay on screen below the problem', async ({ page }) => {
  await pushSlowWriter('kept{pod=a}');
  await open(page, `${server.url}/services/kept`);
  await expect(rows(page)).toHaveCount(1);
  // The page hears of this profile and asks again, of a store that has lost a table meanwhile.
  await pushSlowWriter('kept{pod=a}');
  const putBack = takeTable(server.dir, 'samples.db', 'series');
  try {
    await expect(problem(page, 'The locks')).toBeVisible({ timeout: 15_000 });
    const before = page.getByRole('region', { name: 'Read before that' });
    await expect(before.locator('tr[data-lock]')).toHaveCount(1);
    await expect(before.getByRole('heading', { level: 1 })).toContainText('store.(*Cache)');
    expect(await axeFindings(page)).toEqual([]);
  } finally {
    putBack();
  }
  await problem(page, 'The locks').getByRole('button', { name: 'Retry' }).click();
  await expect(problem(page, 'The locks')).toHaveCount(0);
  await expect(rows(page)).toHaveCount(1);
});

test('one panel that fails leaves the others alone', async ({ page }) => {
  await pushSlowWriter('panel{pod=a}');
  const putBack = takeTable(server.dir, 'catalog.db', 'Build');
  try {
    await open(page, `${server.url}/services/panel`);
    await expect(problem(page, 'The chart')).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('store.(*Cache)');
  } finally {
    putBack();
  }
  await problem(page, 'The chart').getByRole('button', { name: 'Retry' }).click();
  await expect(problem(page, 'The chart')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Waiting by lock' }).locator('.plot')).toBeVisible();
});

test('without its list of services the frame of the page stays and says what is wrong', async ({ page }) => {
  await pushSlowWriter('listed{pod=a}');
  const putBack = takeTable(server.dir, 'catalog.db', 'Service');
  try {
    await open(page, `${server.url}/services/listed`);
    await expect(problem(page, 'The list of services')).toBeVisible();
    await expect(page.getByRole('banner')).toBeVisible();
  } finally {
    putBack();
  }
  await problem(page, 'The list of services').getByRole('button', { name: 'Retry' }).click();
  await expect(rows(page)).toHaveCount(1);
});
