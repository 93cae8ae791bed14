import { truthTrace } from '../support/trace-truth';
import { coloursIn, laneOf, openTrace, pressAndMove, recording, sendTrace } from './capture';
import { axeFindings, expect, test } from './test';

/** The holds of the writer G21, as the program measured them, and the calls that waited behind each. */
function measuredHolds() {
  const { trace, calls, callsOf } = truthTrace('truth-go1.26');
  const holds = callsOf([...trace.goroutines.id].indexOf(21)).filter(({ kind }) => kind === 'W');
  return holds.map((hold) => ({
    heldNs: hold.releaseNs - hold.acquiredNs,
    behind: calls.filter(
      (call) =>
        call.kind !== 'M' && call !== hold && call.requestNs < hold.releaseNs && call.acquiredNs >= hold.releaseNs,
    ),
  }));
}

let path = '';
test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  path = await sendTrace(request, { bytes: recording('truth-go1.26'), name: 'truth.trace' });
  await request.dispose();
});

test('says who held the lock, how long, and how many waited, as the program measured it', async ({ page }) => {
  await openTrace(page, path);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText(/G21 held the write lock for [\d.]+\sms; \d+\sreaders queued/);
  const [, shown = '', queued = ''] = /for ([\d.]+)\sms; (\d+)/.exec((await heading.textContent()) ?? '') ?? [];
  const measured = measuredHolds().find(({ heldNs }) => Math.abs(heldNs / 1e6 - Number(shown)) < 0.01);
  expect(measured?.behind).toHaveLength(Number(queued));
  const longest = Math.max(...(measured?.behind.map(({ requestNs, acquiredNs }) => acquiredNs - requestNs) ?? []));
  const panel = page.getByRole('complementary', { name: 'Chosen wait' });
  await expect(panel.getByRole('heading').first()).toContainText(/G34 waits 4\.4\d\sms/);
  expect(longest / 1e6).toBeCloseTo(4.42, 1);
  await expect(page.locator('.facts')).toContainText('Hold, exact');
  await expect(page.locator('.facts')).toContainText(/n = 1.896, none cut off/);
});

test('the lock lane tells its hold, the folded lane how many wait, and u goes to who let them go', async ({ page }) => {
  await openTrace(page, path);
  await expect(laneOf(page, 'who holds').getByRole('img')).toHaveAccessibleName(
    /main\.reader was held \d+\stimes while others waited, .*longest in writer; at once waited at most 11\sreaders/,
  );
  const folded = laneOf(page, '11 × reader');
  await expect(folded.getByRole('img')).toHaveAccessibleName(
    /11\swaits in reader \(RWMutex\.RLock\), at most 11 at once/,
  );
  await pressAndMove(page, 'u');
  await expect(page).toHaveURL(/g=21/);
  await expect(page.locator('.lane[data-chosen]')).toContainText('G21');
  await expect(page.locator('.lane[data-chosen]')).toBeInViewport({ ratio: 1 });
  await expect(
    page.getByRole('status').or(page.locator('output')).filter({ hasText: 'G21 ended the wait of G34' }),
  ).toBeAttached();
});

test('the states are told by name, and waiting for a lock is most in the stall', async ({ page }) => {
  await openTrace(page, path);
  const states = laneOf(page, 'by state').getByRole('img');
  await expect(states).toHaveAccessibleName(
    /the program had [\d.]+ goroutines on average: .*[\d.]+ waiting for a lock/,
  );
  expect(await coloursIn(states)).toBeGreaterThan(2);
  await page.getByText('View as table').click();
  const middle = page.getByRole('region', { name: 'Goroutines by state as a table' }).getByRole('row').nth(12);
  const [, lock = 0, ...others] = (await middle.getByRole('cell').allTextContents()).map(Number.parseFloat);
  expect(lock).toBeGreaterThan(8);
  expect(Math.max(...others)).toBeLessThan(lock);
  const legend = page.locator('.trace-legend');
  for (const name of ['waiting for a lock', 'runnable', 'running', 'GC', 'held in writer']) {
    await expect(legend).toContainText(name);
  }
  await pressAndMove(page, 'i');
  await expect(page).toHaveURL(/idle=1/);
  await expect(page.getByRole('button', { name: /parked goroutines shown/ })).toHaveAttribute('aria-pressed', 'true');
});

test('o cycles the overlay; zoom and pan by keys are steps that z undoes', async ({ page }) => {
  await openTrace(page, path);
  const overlay = page.getByRole('button', { name: /Overlay/ });
  await expect(overlay).toHaveAttribute('aria-pressed', 'false');
  await pressAndMove(page, 'o');
  await expect(page).toHaveURL(/overlay=gc/);
  await expect(overlay).toHaveAttribute('aria-pressed', 'true');
  await pressAndMove(page, 'o');
  await expect(page).toHaveURL(/overlay=pauses/);
  await pressAndMove(page, 'o');
  await expect(page).not.toHaveURL(/overlay/);
  await expect(overlay).toHaveAttribute('aria-pressed', 'false');

  const window = page.getByRole('slider', { name: /Window on the capture/ });
  const home = await window.getAttribute('aria-valuetext');
  await pressAndMove(page, 'w');
  await expect(page).toHaveURL(/t0=\d+&t1=\d+/);
  const zoomed = await window.getAttribute('aria-valuetext');
  expect(zoomed).not.toBe(home);
  await pressAndMove(page, 'd');
  await expect(window).not.toHaveAttribute('aria-valuetext', zoomed ?? '');
  await pressAndMove(page, 'z');
  await expect(window).toHaveAttribute('aria-valuetext', zoomed ?? '');
  await pressAndMove(page, 'z');
  await expect(window).toHaveAttribute('aria-valuetext', home ?? '');
  // An unfinished move is taken back before it is a step.
  await page.keyboard.press('s');
  await page.keyboard.press('z');
  await expect(window).toHaveAttribute('aria-valuetext', home ?? '');
});

test('waits unfold one by one; a chosen one, its lanes and the window are in the link', async ({ page, context }) => {
  await openTrace(page, path);
  await laneOf(page, '11 × reader')
    .getByRole('button', { name: /unfold/ })
    .click();
  const rows = page.locator('[data-rows="waits"] .lane');
  await expect(rows).toHaveCount(11);
  await expect(rows.first().getByRole('img')).toHaveAccessibleName(/^G\d+ waits [\d.]+\s[mµ]s.*released by G\d+\.$/);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/wait=\d+/);
  const chosen = (await rows.nth(1).locator('button').textContent()) ?? '';
  const panel = page.getByRole('complementary', { name: 'Chosen wait' });
  await expect(panel.getByRole('heading').first()).toContainText(`${chosen} waits`);
  await pressAndMove(page, 'h');
  await pressAndMove(page, 'w');
  const link = page.url();
  const text = await panel.textContent();
  const other = await context.newPage();
  await openTrace(other, link);
  await expect(other.getByRole('complementary', { name: 'Chosen wait' })).toHaveText(text ?? '');
  await expect(other.locator('[data-rows="waits"] .lane').first()).toBeVisible();
  await expect(other.getByRole('slider')).toHaveAttribute(
    'aria-valuetext',
    (await page.getByRole('slider').getAttribute('aria-valuetext')) ?? '-',
  );
});

test('h and ⇧H go up the chain from the wait to what its root did', async ({ page }) => {
  await openTrace(page, path);
  await page.keyboard.press('h');
  await expect(page).toHaveURL(/g=21/);
  const panel = page.getByRole('complementary', { name: 'Chosen wait' });
  await expect(panel.locator('.sidebox[data-chosen]')).toContainText('G21 main.func1.1 held it');
  await expect(panel.locator('.kv')).toContainText(/sleeping/);
  await expect(panel.getByRole('list', { name: /Stack of G21, which held/ })).toContainText('main.writer');
  await expect(panel.getByRole('list', { name: /Stack of G34, which waits/ })).toContainText('sync.(*RWMutex).RLock');
  await page.keyboard.press('H');
  const chain = panel.getByRole('navigation', { name: /Chain/ }).getByRole('listitem');
  await expect(chain.last()).toContainText('G21');
  await expect(page.locator('output').filter({ hasText: /^G21 slept/ })).toBeAttached();
});

test('a search lists what it found, longest first, and a row is shown in the picture', async ({ page, watched }) => {
  await openTrace(page, path);
  await page.keyboard.press('/');
  await page.keyboard.type('state:rlock dur:>4ms fn:reader');
  await page.keyboard.press('Enter');
  const found = page.getByRole('region', { name: 'Found intervals' });
  await expect(found.getByRole('row').nth(4)).toBeVisible();
  const lengths = await found.getByRole('row').locator('td:nth-child(3)').allTextContents();
  expect(lengths.length).toBeGreaterThan(3);
  const numbers = lengths.map((text) => Number.parseFloat(text));
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(4);
  const button = found.getByRole('button').first();
  const goroutine = /G(\d+)/.exec((await button.textContent()) ?? '')?.[1];
  await button.click();
  await expect(page).toHaveURL(new RegExp(`g=${goroutine}&.*wait=\\d+|wait=\\d+.*g=${goroutine}`));
  await expect(page.locator('.lane[data-chosen]')).toContainText(`G${goroutine}`);

  watched.allowed.push(/400 \(Bad Request\)/);
  await page.getByRole('searchbox').fill('colour:red');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/expected state:, dur:, fn:, g: or lock:/)).toBeVisible();
});

test('every picture is a table and a sentence too', async ({ page }) => {
  await openTrace(page, path);
  await page.getByText('View as table').click();
  const said = (await laneOf(page, 'who holds').getByRole('img').getAttribute('aria-label')) ?? '';
  await expect(page.locator('.lane-table', { hasText: 'Holds of main.reader' })).toContainText(said);
  const states = page.getByRole('region', { name: 'Goroutines by state as a table' });
  await expect(states.getByRole('row')).toHaveCount(25);
  await expect(states).toContainText('waiting for a lock');
  await expect(page.getByRole('region', { name: 'GC as a table' })).toBeAttached();
});

test('another lock, and a convoy, open with their own window', async ({ page }) => {
  await openTrace(page, path);
  await page
    .getByRole('navigation', { name: 'Lock on screen' })
    .getByRole('link', { name: /main\.muser/ })
    .click();
  await expect(laneOf(page, 'who holds')).toContainText('main.muser');
  await expect(page.locator('.facts')).toContainText(/n = 3.008/);
  await page.getByRole('region', { name: 'Convoys of the trace' }).getByRole('link').nth(1).click();
  await expect(laneOf(page, 'who holds')).toContainText('main.reader');
  await expect(page).toHaveURL(/t0=\d+/);
  await page.getByRole('link', { name: /^all 200$/ }).click();
  await expect(page.getByRole('region', { name: 'Convoys of the trace' }).getByRole('row')).toHaveCount(201);
});

test('the first picture needs no question to the server: it comes with the page', async ({ page, request }) => {
  const asked: string[] = [];
  page.on('request', (each) => each.url().includes('/api/v1/traces') && asked.push(each.url()));
  await openTrace(page, path);
  expect(await coloursIn(laneOf(page, 'who holds').getByRole('img'))).toBeGreaterThan(2);
  expect(asked).toEqual([]);
  const html = (await (await request.get(path)).text()).replaceAll(/<[^>]*>/g, '');
  expect(html).toContain('G21 held the write lock');
  expect(html).toContain('released by G21');
});

test('dragging pans: the picture stays full while tiles come, and few are asked for', async ({ page }) => {
  await openTrace(page, path);
  const tiles: string[] = [];
  page.on('request', (request) => request.url().includes('/tile?') && tiles.push(request.url()));
  const states = laneOf(page, 'by state').getByRole('img');
  const box = (await states.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const slider = page.getByRole('slider');
  const home = await slider.getAttribute('aria-valuetext');
  await page.mouse.move(box.x + box.width - 20, box.y + 20);
  await page.mouse.down();
  for (let step = 1; step <= 60; step++) {
    await page.mouse.move(box.x + box.width - 20 - step * 10, box.y + 20);
    if (step % 20 === 0) expect(await coloursIn(states)).toBeGreaterThan(1);
  }
  await page.mouse.up();
  await expect(slider).not.toHaveAttribute('aria-valuetext', home ?? '');
  await expect(page.locator('.lanes')).toHaveAttribute('aria-busy', 'false');
  const [fromNs = 0, toNs = 0] =
    new URL(page.url()).searchParams
      .toString()
      .match(/\d{6,}/g)
      ?.map(Number) ?? [];
  const [tileFrom = 0, tileTo = 0] = ((await page.locator('.lanes').getAttribute('data-tile')) ?? '')
    .split('-')
    .map(Number);
  expect(tileFrom).toBeLessThanOrEqual(fromNs);
  expect(tileTo).toBeGreaterThanOrEqual(toNs);
  expect(tiles.length).toBeGreaterThan(0);
  expect(tiles.length).toBeLessThan(30);
  await pressAndMove(page, 'z');
  await expect(slider).toHaveAttribute('aria-valuetext', home ?? '');
});

test('the picture follows the theme and the width of the page', async ({ page }) => {
  await openTrace(page, path);
  const canvas = laneOf(page, 'who holds').getByRole('img');
  const picture = () => canvas.evaluate((node) => (node instanceof HTMLCanvasElement ? node.toDataURL() : ''));
  const light = await picture();
  await page.getByRole('button', { name: /Switch between light and dark/ }).click();
  await expect.poll(picture).not.toBe(light);
  const wide = await canvas.evaluate((node) => Number(node.getAttribute('width')));
  await page.setViewportSize({ width: 900, height: 800 });
  await expect.poll(() => canvas.evaluate((node) => Number(node.getAttribute('width')))).not.toBe(wide);
});

test('the minimap selects a window by dragging and by arrows', async ({ page }) => {
  await openTrace(page, path);
  const slider = page.getByRole('slider');
  const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.25, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute('aria-valuetext', /^50\d\sms to 1\.5\d?\ss of 2\ss$/);
  await slider.press('ArrowUp');
  await expect(slider).toHaveAttribute('aria-valuetext', /^75\d\sms to 1\.25\ss/);
  await page.getByRole('button', { name: 'Whole capture' }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', /^0\ss to 2/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('lanes stack, nothing is wider than the screen, and axe finds nothing', async ({ page }) => {
    await openTrace(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    const name = (await laneOf(page, 'by state').locator('.n').boundingBox()) ?? { y: 0, height: 0 };
    const plot = (await laneOf(page, 'by state').getByRole('img').boundingBox()) ?? { y: 0 };
    expect(plot.y).toBeGreaterThanOrEqual(name.y + name.height - 1);
    expect(await axeFindings(page)).toEqual([]);
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${theme}, with everything unfolded and found`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openTrace(page, `${path}?q=state:rlock&overlay=gc&g=21,34&idle=1`);
    await laneOf(page, '11 × reader')
      .getByRole('button', { name: /unfold/ })
      .click();
    await expect(page.locator('[data-rows="waits"] .lane').first()).toBeVisible();
    await page.getByText('View as table').click();
    // What the bar at the top covers counts as too small to hit.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeFindings(page)).toEqual([]);
  });
}
