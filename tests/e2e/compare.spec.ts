import { axeFindings, expect, open, test } from './test';
import { badBuild, culprit, lastName, quietBuild, truth } from './truth';

const root = `/services/${truth.service}`;
const pair = `from=now-1h&to=now&base=build:${quietBuild.build}&head=build:${badBuild.build}`;

test('the first sentence names the lock that waits longer, in how many runs, and no verdict goes beyond suspicious', async ({
  page,
}) => {
  await open(page, `${root}/compare?${pair}`);
  const verdict = page.getByRole('heading', { level: 1 });
  await expect(verdict).toHaveText(
    /^Suspicious, not proven: .*longer: .* goes from .* goroutines waiting, in \d+ of \d+ runs/,
  );
  await expect(verdict).toContainText(truth.locks[0]?.name ?? 'a lock');
  await expect(page.locator('.because')).toContainText('ran at different times');
  const locks = page.getByRole('region', { name: 'Locks table' });
  const row = locks.getByRole('row', { name: new RegExp(lastName(culprit.holder.function)) });
  await expect(row).toContainText(lastName(culprit.waiter.function));
  await expect(row).toContainText('busiest');
});

test('the same build on both sides is no change', async ({ page }) => {
  await open(page, `${root}/compare?from=now-1h&to=now&base=build:${badBuild.build}&head=build:${badBuild.build}`);
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('longer');
});

test('without sides the newest build is compared with the one before it', async ({ page }) => {
  await open(page, `${root}/compare?from=now-1h&to=now`);
  await expect(page.locator('.because')).toContainText(`${quietBuild.build} → ${badBuild.build}`);
  await expect(page.locator('.because')).toContainText('the base is the build before it');
});

test('the sides are chosen by form and swapped', async ({ page }) => {
  await open(page, `${root}/compare?${pair}`);
  await page.getByRole('link', { name: 'Swap' }).click();
  await expect(page.locator('.because')).toContainText(`${badBuild.build} → ${quietBuild.build}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('less');
});

test('the scale says what the colours mean, at every scroll position', async ({ page }) => {
  await open(page, `${root}/compare?${pair}`);
  const legend = page.getByTestId('diff-legend');
  for (const top of [0, 300]) {
    await page.getByRole('heading', { name: 'Where the waiting changed' }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, top);
    await expect(legend).toBeInViewport();
  }
  await expect(legend).toContainText('waits less');
  await expect(legend).toContainText('waits more');
});

test('the graph tells both sides of a frame, and is of those who hold when asked', async ({ page }) => {
  await open(page, `${root}/compare?${pair}`);
  await expect(page.getByTestId('flame-detail')).toContainText(/→ .* waiting, ▲/);
  await page.getByRole('link', { name: 'who holds' }).click();
  await expect(page).toHaveURL(/flame=holders/);
  await expect(
    page
      .getByRole('table')
      .filter({ hasText: lastName(culprit.holder.function) })
      .last(),
  ).toBeVisible();
});

test('a build that never sent anything is told, not compared', async ({ page }) => {
  await open(page, `${root}/compare?base=build:never&head=build:${badBuild.build}`);
  await expect(page.getByText('build never sent no profile')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, `${root}/compare?${pair}`);
    expect(await axeFindings(page)).toEqual([]);
  });
}
