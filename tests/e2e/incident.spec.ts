import { bareName } from '@/lib/profile/function-name';
import { expect, open, test } from './test';
import { badBuild, busiestWindow, culprit, lastName, podsInOrderOfStalls, quietBuild, truth } from './truth';

/** The client's windows and the program's own are cut at other instants: a stall may lie across two of them. */
const tolerance = 0.15;
const waiter = bareName(culprit.waiter.function);
const holder = bareName(culprit.holder.function);

/** Rows of the heat map from top to bottom. */
const podLinks = '.y.pods a';

function expectNear(value: number, expected: number): void {
  expect(value).toBeGreaterThan(expected * (1 - tolerance));
  expect(value).toBeLessThan(expected * (1 + tolerance));
}

test('somebody who never saw the incident understands it in two clicks from the overview', async ({ page }) => {
  await open(page, '/');
  const sentence = page.getByRole('heading', { level: 1 });
  await expect(sentence).toContainText(truth.service);
  await expect(sentence).toContainText(lastName(culprit.name));
  await expect(sentence).toContainText('every 2 m');
  await expect(sentence).toContainText(`on all ${truth.pods.length} pods`);
  await expect(page.getByRole('article', { name: truth.service })).toContainText(`${waiter} waits`);

  await page.getByRole('link', { name: 'Open lock' }).click();
  await expect(page).toHaveURL(/\/locks\/[0-9a-f]{16}/);
  const verdict = page.getByRole('heading', { level: 1 });
  await expect(verdict).toContainText(waiter);
  await expect(verdict).toContainText(holder);
  await expect(verdict).toContainText('write lock');
  await expect(verdict).toContainText('every 2 m');

  await page.getByRole('main').getByRole('link', { name: 'Flame' }).click();
  await expect(page).toHaveURL(/\/flame\?.*lock=/);
  const said = page.getByRole('heading', { level: 1 });
  await expect(said).toContainText(`${waiter} waits`);
  await expect(said).toContainText(`${holder} releases`);
});

test('the overview says the busiest bucket as the program measured it, with the average beside it', async ({
  page,
}) => {
  await open(page, '/');
  const numbers = page.getByRole('article', { name: truth.service }).locator('.nums');
  const shown = /([\d.]+)busiest 10\s+s bucket/.exec((await numbers.textContent()) ?? '');
  expectNear(Number(shown?.[1]), busiestWindow(badBuild.build));
  await expect(numbers).toContainText('average per pod');
});

test('the lock page names who waits and who holds, and both sides agree', async ({ page }) => {
  await openCulprit(page);
  const who = page.getByRole('region', { name: 'Who waits, who holds' });
  const site = (place: { file: string; line: number }) =>
    `${place.file.slice(place.file.lastIndexOf('/') + 1)}:${place.line}`;
  await expect(who.locator('.lk-w .lk-site').first()).toContainText(waiter);
  await expect(who.locator('.lk-w .lk-site').first()).toContainText(`RWMutex.RLock · ${site(culprit.waiter)}`);
  await expect(who.locator('.lk-h .lk-site').first()).toContainText(holder);
  await expect(who.locator('.lk-h .lk-site').first()).toContainText(`RWMutex.Unlock · ${site(culprit.holder)}`);
  await expect(who).toContainText('long writer starves readers');
  await expect(who).toContainText(/Both sides agree/);
  await expect(who.getByText(/^link: (Exact|Strong)/)).toBeVisible();
});

test('the estimated hold contains what the reload measured of itself', async ({ page }) => {
  await openCulprit(page);
  const hold = (await page.locator('.facts > div', { hasText: 'Hold, estimated' }).textContent()) ?? '';
  const high = Number(/([\d.]+)\s+s/.exec(hold.slice(hold.lastIndexOf('to')))?.[1]) * 1000;
  expectNear(high, (badBuild.heldMs.least + badBuild.heldMs.most) / 2);
});

test('the second build is bad and the first one is quiet, each with maximum and average', async ({ page }) => {
  await openCulprit(page);
  const rows = page.getByRole('region', { name: 'Builds' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  const maxOf = async (build: string) => {
    const text = (await rows.filter({ hasText: build }).textContent()) ?? '';
    expect(text).toMatch(/max [<\d.]+.*avg [<\d.]+/);
    return Number(/max <?([\d.]+)/.exec(text)?.[1]);
  };
  expectNear(await maxOf(badBuild.build), busiestWindow(badBuild.build));
  const quiet = busiestWindow(quietBuild.build);
  expect(quiet).toBeLessThan(busiestWindow(badBuild.build) / 20);
  expectNear(await maxOf(quietBuild.build), quiet);
  await rows.getByRole('link', { name: quietBuild.build }).click();
  await expect(page).toHaveURL(new RegExp(`build=${quietBuild.build.replaceAll('.', '\\.')}`));
  await expect(page.getByText(/Waiting, busiest/)).toBeVisible();
});

test('the heat map has one row a pod, in the order of their stalls', async ({ page }) => {
  await openCulprit(page);
  await expect(page.getByRole('img', { name: /Pods by time/ })).toHaveAccessibleName(
    new RegExp(`${truth.pods.length}\\s+rows`),
  );
  const pods = await page.locator(podLinks).allTextContents();
  expect([...pods].sort()).toEqual([...truth.pods].sort());
  // Where one starts the list is a matter of the range; which group follows which is not.
  const groups = podsInOrderOfStalls(badBuild.build);
  expect(groups.length).toBeGreaterThan(2);
  const groupOf = (pod: string) => groups.findIndex((group) => group.includes(pod));
  const doubled = [...pods, ...pods].map(groupOf).join(' ');
  expect(doubled).toContain(groups.flatMap((group, index) => group.map(() => index)).join(' '));
  await expect(page.getByText(`rows by phase; stalls on all ${truth.pods.length} pods, out of phase`)).toBeVisible();
});

test('every 2 minutes a stall is counted on every pod', async ({ page }) => {
  await openCulprit(page);
  const reloads = truth.processes
    .filter(({ build }) => build === badBuild.build)
    .reduce((sum, process) => sum + process.reloads.length, 0);
  const stalls = page.locator('.facts > div', { hasText: 'Stalls' });
  const counted = Number(/(\d+)\s+in range/.exec((await stalls.textContent()) ?? '')?.[1]);
  // A stall over the edge of two windows, or one that the last upload cut off, may be one more or less a pod.
  expect(Math.abs(counted - reloads)).toBeLessThanOrEqual(3);
  await expect(stalls).toContainText('every 2 m');
});

async function openCulprit(page: import('@playwright/test').Page): Promise<void> {
  await open(page, '/');
  await page.getByRole('link', { name: 'Open lock' }).click();
  await expect(page.getByRole('heading', { name: 'Who waits, who holds' })).toBeVisible();
}
