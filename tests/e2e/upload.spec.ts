import { readFileSync } from 'node:fs';
import type { APIRequestContext } from '@playwright/test';
import { axeFindings, expect, open, test } from './test';

const folder = new URL('../fixtures/go/ordersvc-go1.23-bad/', import.meta.url);

async function upload(request: APIRequestContext, file: string): Promise<string> {
  const answer = await request.post(`/api/v1/upload?filename=${file}`, {
    data: readFileSync(new URL(file, folder)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect([200, 201]).toContain(answer.status());
  return (await answer.json()).url;
}

test('one cumulative block profile shows its locks with delays and shares, and no rate', async ({ page, request }) => {
  await open(page, await upload(request, 'w3-block.pb.gz'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('GetConfig');
  await expect(page.getByText(/does not say what time it covers/)).toBeVisible();
  const row = page
    .getByRole('region', { name: 'Waits table' })
    .or(page.getByRole('region', { name: 'Locks table' }))
    .first();
  await expect(row).toContainText('config.(*OrderConfigManager)');
  await expect(row).not.toContainText('one window');
  await expect(page.getByText('Waiting, in this window')).toBeHidden();
  await expect(page.getByRole('tree')).toBeVisible();
});

test('with a window it says how many goroutines wait', async ({ page, request }) => {
  await open(page, await upload(request, 'w3-block.pb.gz'));
  await page.getByLabel('Seconds this profile covers').fill('20');
  await page.getByRole('button', { name: 'Show rates' }).click();
  await expect(page).toHaveURL(/window=20/);
  const waiting = page.locator('.facts .loud');
  await expect(waiting).toContainText('goroutines');
  const shown = Number(/([\d.]+)\s+goroutines/.exec((await waiting.textContent()) ?? '')?.[1]);
  const total = page.locator('.facts > div', { hasText: 'Waited at' });
  const waited = Number(
    /([\d\u202f.]+)\s+goroutine-s/.exec((await total.textContent()) ?? '')?.[1]?.replace('\u202f', ''),
  );
  expect(Math.abs(shown - waited / 20)).toBeLessThan(0.01 * shown + 0.1);
});

test('block and mutex profile of one process are joined', async ({ page, request }) => {
  const mutex = await upload(request, 'w3-mutex.pb.gz');
  const block = await upload(request, 'w3-block.pb.gz');
  await open(page, `${block}?with=${mutex.split('/').at(-1)}`);
  const locks = page.getByRole('region', { name: 'Locks table' });
  const first = locks.getByRole('row').nth(1);
  await expect(first).toContainText('GetConfig');
  await expect(first).toContainText('ReloadFromDB');
  await expect(first).toContainText('Strong');
  expect(await axeFindings(page)).toEqual([]);
});

test('a CPU profile opens as a flame graph', async ({ page, request }) => {
  await open(page, await upload(request, 'w3-cpu.pb.gz'));
  await expect(page.getByText(/A process_cpu profile over/)).toBeVisible();
  await expect(page.locator('.fg-graph g.frame').first()).toBeAttached();
  expect(await axeFindings(page)).toEqual([]);
});

test('an unknown upload and a length that is none say what is wrong', async ({ page, request, watched }) => {
  watched.allowed.push(/404/);
  await open(page, '/uploads/0000000000000000');
  await expect(page.getByRole('heading', { name: 'There is no such upload' })).toBeVisible();
  await open(page, `${await upload(request, 'w3-block.pb.gz')}?window=-3`);
  await expect(page.getByRole('alert').filter({ hasText: '"-3" is no number of seconds' })).toBeVisible();
});
