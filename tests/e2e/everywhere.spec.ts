import { readFileSync } from 'node:fs';
import type { APIRequestContext, Page } from '@playwright/test';
import { axeFindings, expect, open, test } from './test';
import { truth } from './truth';

/** What holds on every page: reachable by keyboard, one heading, nothing wider than the screen, nothing that jumps. */
const service = `/services/${truth.service}`;
const range = 'from=now-1h&to=now';
const names = ['overview', 'service', 'lock', 'flame', 'builds', 'upload', 'traces', 'connect', 'settings'] as const;
const trace = new URL('../fixtures/gotrace/traces/locks-go1.26.trace', import.meta.url);
const block = new URL('../fixtures/go/antip-go1.23-rw-long-writer/block.pb.gz', import.meta.url);

async function addressOf(name: (typeof names)[number], request: APIRequestContext): Promise<string> {
  switch (name) {
    case 'overview':
      return `/?${range}`;
    case 'service':
      return `${service}?${range}&idle=1`;
    case 'flame':
      return `${service}/flame?${range}`;
    case 'builds':
      return `${service}/builds?${range}`;
    case 'lock': {
      const answer = await request.get(`/api/v1${service}/locks?${range}`);
      return `${service}/locks/${(await answer.json()).locks[0].id}?${range}`;
    }
    case 'upload': {
      const answer = await request.post('/api/v1/upload?name=block.pb.gz', {
        data: readFileSync(block),
        headers: { 'content-type': 'application/octet-stream' },
      });
      return `${(await answer.json()).url}?window=60`;
    }
    case 'traces':
      await request.post('/api/v1/upload?name=stall.trace&service=traced', {
        data: readFileSync(trace),
        headers: { 'content-type': 'application/octet-stream' },
      });
      return '/traces';
    default:
      return `/${name}`;
  }
}

for (const name of names) {
  test(`${name}: axe finds nothing, light and dark`, async ({ page, request }) => {
    const path = await addressOf(name, request);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await open(page, path);
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      expect(await axeFindings(page)).toEqual([]);
    }
  });

  test(`${name}: one first heading, a title of its own, nothing wider than a small phone`, async ({
    page,
    request,
  }) => {
    const path = await addressOf(name, request);
    await page.setViewportSize({ width: 375, height: 812 });
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/\S+ · Lockscope/);
    await expect.poll(() => overflow(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => overflow(page)).toEqual([]);
  });

  test(`${name}: Tab reaches everything in order, each with a visible focus, and gets out again`, async ({
    page,
    request,
  }) => {
    await open(page, await addressOf(name, request));
    const reached: string[] = [];
    for (let step = 0; step < 150; step++) {
      await page.keyboard.press('Tab');
      const focused = await focusedElement(page);
      if (focused === undefined) break;
      expect(focused, `focus ring of ${focused.what}`).toMatchObject({ ringed: true });
      reached.push(focused.what);
    }
    expect(reached[0]).toContain('Skip to content');
    // All that a pointer could press is among what Tab reached, or the tour of 150 steps was too short for it.
    if (reached.length < 150) expect(reached.length).toBeGreaterThanOrEqual(await pressable(page));
  });

  test(`${name}: nothing moves while it loads`, async ({ page, request }) => {
    await page.addInitScript(() => {
      const sums = { shift: 0 };
      Object.assign(window, { layoutShift: sums });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ('value' in entry && typeof entry.value === 'number') sums.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await open(page, await addressOf(name, request));
    await page.waitForTimeout(700);
    expect(await page.evaluate(() => Reflect.get(window, 'layoutShift').shift)).toBeLessThanOrEqual(0.02);
  });
}

test('the skip link leads to the content', async ({ page }) => {
  await open(page, `/?${range}`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
});

test('while new numbers are on their way the old ones stay, and the page says it is busy', async ({ page }) => {
  await open(page, `${service}?${range}`);
  const rows = page.locator('tr[data-lock] .lk');
  const before = await rows.allTextContents();
  await page.route(/_rsc=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.keyboard.press('-');
  await expect(page.locator('main[aria-busy="true"]')).toBeAttached();
  expect(await rows.allTextContents()).toEqual(before);
  await expect(page.locator('main[aria-busy="true"]')).toHaveCount(0);
  await expect(page).toHaveURL(/from=now-7200s/);
});

/** Elements that stick out of the page at the right without a scrolling parent. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName} ${element.className} ${Math.round(element.getBoundingClientRect().right)}`);
  });
}

/** What has the focus and whether that can be seen; undefined when it is outside of the page again. */
function focusedElement(page: Page): Promise<{ what: string; ringed: boolean } | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    const what = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`;
    return { what, ringed: outlined || style.boxShadow !== 'none' };
  });
}

/** Links, buttons and fields that are drawn and not taken out of the order on purpose; a radio group is one stop. */
function pressable(page: Page): Promise<number> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, summary, select')].filter(
      (element) => element.checkVisibility() && element.tabIndex >= 0 && !element.matches(':disabled, dialog *'),
    );
    const radios = all.filter((element) => element.matches('input[type=radio]'));
    const groups = new Set(radios.map((element) => element.getAttribute('name')));
    return all.length - radios.length + groups.size;
  });
}
