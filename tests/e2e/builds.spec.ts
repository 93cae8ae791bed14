import type { Page } from '@playwright/test';
import { takeTable } from './damage';
import { type OwnServer, startOwnServer } from './own-server';
import { push, slowWriter } from './push';
import { axeFindings, expect, open, test } from './test';
import { badBuild, culprit, lastName, quietBuild, truth } from './truth';

const root = `/services/${truth.service}`;
const range = 'from=now-1h&to=now';
const matrix = (page: Page) => page.getByRole('region', { name: 'Waiting by build and lock' });
const sides = (page: Page) => {
  const { pathname, searchParams } = new URL(page.url());
  return [pathname, searchParams.get('base'), searchParams.get('head')];
};
const comparison = [`${root}/compare`, `build:${quietBuild.build}`, `build:${badBuild.build}`];

test('the first sentence names the build that made the lock worse, and who holds the lock', async ({ page }) => {
  await open(page, `${root}/builds?${range}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^First bad build: ${badBuild.build} \\(confidence .*%\\): .* waits more than in ${quietBuild.build}`),
  );
  await expect(page.locator('.because')).toContainText(`Held by ${lastName(culprit.holder.function)}`);
  const head = matrix(page).getByRole('columnheader', { name: badBuild.build });
  await expect(head).toContainText('first bad');
  await expect(matrix(page).getByRole('columnheader', { name: quietBuild.build })).not.toContainText('first bad');
});

test('a cell shows the busiest bucket beside the average, and the average is never above it', async ({ page }) => {
  await open(page, `${root}/builds?${range}`);
  const cells = await matrix(page).getByRole('cell').allTextContents();
  expect(cells.length).toBeGreaterThan(1);
  for (const text of cells) {
    const [, max = Number.NaN, avg = Number.NaN] = (/max <?([\d.]+)avg <?([\d.]+)/.exec(text) ?? []).map(Number);
    expect(avg, text).toBeLessThanOrEqual(max);
  }
});

test('two builds are picked with the mouse, in either order, and compared from the older to the newer', async ({
  page,
}) => {
  await open(page, `${root}/builds?${range}`);
  await matrix(page)
    .getByRole('link', { name: `pick ${badBuild.build} to compare it` })
    .click();
  await expect(page.getByRole('status').filter({ hasText: 'is picked' })).toContainText(badBuild.build);
  await matrix(page)
    .getByRole('link', { name: `compare ${badBuild.build} and ${quietBuild.build}` })
    .click();
  await expect.poll(() => sides(page)).toEqual(comparison);
});

test('two builds are picked with the keyboard; Escape picks none', async ({ page }) => {
  await open(page, `${root}/builds?${range}`);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`pick=${quietBuild.build}`));
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/pick=/);
  // The focus is still where it was.
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/pick=/);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect.poll(() => sides(page)).toEqual(comparison);
});

test('the rail leads here, and here it stands on Builds', async ({ page }) => {
  await open(page, `${root}?${range}`);
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Builds' }).click();
  await expect(page).toHaveURL(/\/builds\?from=now-1h/);
  await expect(page.getByRole('navigation', { name: 'Main', exact: true }).locator('[aria-current="page"]')).toHaveText(
    'Builds',
  );
});

test('a build is pinned as the baseline, the choice survives, and another one is chosen', async ({ page }) => {
  await open(page, `${root}/builds?${range}`);
  const baseline = page.getByRole('region', { name: 'Baseline' });
  await expect(baseline).toContainText(`the previous build: now build ${quietBuild.build}`);
  await page.getByRole('button', { name: `Pin ${quietBuild.build}` }).click();
  await expect(baseline).toContainText(`the pinned build ${quietBuild.build}`);
  await open(page, `${root}/builds?${range}`);
  await expect(baseline).toContainText(`the pinned build ${quietBuild.build}`);
  await baseline.getByText('Change the baseline').click();
  await baseline.getByRole('radio', { name: 'The same time yesterday' }).check();
  await baseline.getByRole('button', { name: 'Set baseline' }).click();
  await expect(baseline).toContainText('the same time yesterday');
  await baseline.getByRole('radio', { name: 'The build before the one looked at' }).check();
  await baseline.getByRole('button', { name: 'Set baseline' }).click();
  await expect(baseline).toContainText('the previous build');
});

test.describe('a server of its own', () => {
  let server: OwnServer;
  test.beforeAll(async () => {
    server = await startOwnServer();
  });
  test.afterAll(() => server.end());

  const send = async (name: string) => {
    for (const text of slowWriter('36s')) await push(server.url, { name, text, end: Date.now() - 1_000 });
  };

  test('a deploy that was told is on the timelines and in the list, and so is its commit', async ({
    page,
    request,
  }) => {
    await send('told{pod=a,version=v1}');
    const at = new Date(Date.now() - 600_000).toISOString();
    const body = { service: 'told', build: 'v1', at, note: 'canary', commit: '3f2a9c1d5e6b', branch: 'main' };
    const answer = await request.post(`${server.url}/api/v1/deploys`, { data: body });
    expect(answer.status()).toBe(201);
    expect(await answer.json()).toMatchObject({ build: 'v1', at, source: 'api', note: 'canary', notes: [] });
    expect((await request.post(`${server.url}/api/v1/deploys`, { data: body })).status()).toBe(200);
    await open(page, `${server.url}/services/told/builds`);
    await expect(page.getByRole('region', { name: 'Deploys' })).toContainText('deploy v1: canary');
    await expect(page.getByRole('region', { name: 'Known builds' }).first()).toContainText('3f2a9c1d5e6b');
    await open(page, `${server.url}/services/told`);
    await expect(page.getByText('deploy v1: canary')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });

  test('a deploy that cannot be read is refused with the place', async ({ request }) => {
    for (const [data, place] of [
      [{ service: 'told' }, 'body build'],
      [{ service: 'told', build: 'v1', at: 'yesterday' }, 'body at'],
      [{ service: 'told', build: 'v1', at: new Date(Date.now() + 7_200_000).toISOString() }, 'body at'],
      [{ service: 'told', build: 'v1', commit: 'main' }, 'body commit'],
      [{ service: 'told', build: 'v1', colour: 'red' }, 'body body'],
    ] as const) {
      const answer = await request.post(`${server.url}/api/v1/deploys`, { data });
      expect([answer.status(), await answer.json()]).toMatchObject([400, { code: 'api.deploy', place }]);
    }
    const unknown = await request.post(`${server.url}/api/v1/deploys`, { data: { service: 'typo', build: 'v1' } });
    expect((await unknown.json()).notes[0].code).toBe('deploy.no-service');
  });

  test('profiles that name no build say how to name one', async ({ page }) => {
    await send('nameless{pod=a}');
    await open(page, `${server.url}/services/nameless/builds`);
    await expect(page.getByRole('heading', { name: 'No profile names its build' })).toBeVisible();
    await expect(page.getByText('service_git_ref')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });

  test('one build has nothing to be compared with', async ({ page }) => {
    await send('alone{pod=a,build=7}');
    await open(page, `${server.url}/services/alone/builds`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Only build 7 reported');
    await expect(page.getByRole('region', { name: 'Baseline' })).toContainText('no build before 7');
  });

  test('a range without profiles says when the last one came', async ({ page }) => {
    await send('quiet{pod=a,build=7}');
    await open(page, `${server.url}/services/quiet/builds?from=now-5h&to=now-4h`);
    await expect(page.getByRole('heading', { name: 'No profile in this range' })).toBeVisible();
    await page.getByRole('link', { name: 'Jump there' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Only build 7 reported');
  });

  test('a store that cannot be read is another page than one without builds', async ({ page }) => {
    await send('broken{pod=a,build=7}');
    const putBack = takeTable(server.dir, 'samples.db', 'series');
    try {
      await open(page, `${server.url}/services/broken/builds`);
      await expect(page.getByRole('heading', { name: 'The builds could not be read' })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    } finally {
      putBack();
    }
  });
});
