import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { expect, open, test } from './test';

const token = 'a-token-for-pages';
let server: OwnServer;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  server = await startOwnServer({ LOCKSCOPE_TOKEN: token, LOCKSCOPE_INGEST_TOKEN: 'a-token-for-ingest' });
});
test.afterAll(() => server.end());

test('a visitor without the token sees the login form and nothing else', async ({ page, request }) => {
  await open(page, `${server.url}/settings`);
  await expect(page).toHaveURL(/\/login\?next=%2Fsettings/);
  await expect(page.getByRole('heading', { name: 'Sign in to Lockscope' })).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect((await request.get(`${server.url}/api/v1/services`)).status()).toBe(401);
  expect((await request.get(`${server.url}/metrics`)).status()).toBe(401);
  expect((await request.get(`${server.url}/healthz`)).status()).toBe(200);
});

test('a wrong token is said at the field', async ({ page }) => {
  await open(page, `${server.url}/`);
  await page.getByLabel('Token').fill('guess');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'That is not the token.' })).toBeVisible();
  await expect(page.getByLabel('Token')).toHaveAttribute('aria-invalid', 'true');
});

test('the token becomes a cookie that scripts cannot read, and leads to the page asked for', async ({ page }) => {
  await open(page, `${server.url}/settings`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${server.url}/settings`);
  await expect(page.getByRole('heading', { name: 'Scrape targets', exact: true })).toBeVisible();
  const [cookie, ...more] = await page.context().cookies(server.url);
  expect(more).toEqual([]);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(cookie?.value).not.toContain(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Scrape targets', exact: true })).toBeVisible();
});

test('a login never leads to another site', async ({ page }) => {
  await open(page, `${server.url}/login?next=//example.com/`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`^${server.url}/`));
});

test('the token of pages does not open ingest', async () => {
  const [block] = slowWriter('1s');
  await expect(push(server.url, { name: 'a{pod=b}', text: block, end: Date.now() })).rejects.toThrow(/^401/);
});
