import type { Locator } from '@playwright/test';
import { type OwnServer, startOwnServer } from './own-server';
import { push } from './push';
import { expect, open, test } from './test';

/** Eight locks and three kinds of waiting at once, so that every mark is on screen. */
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer();
  const locks = Array.from(
    { length: 8 },
    (_, index) => `10 ${40 - index * 4}s sync.(*Mutex).Lock mutex.go:90 ; store.(*Cache${index}).Get store/cache.go:12`,
  );
  const kinds = [
    '10 30s sync.(*RWMutex).Lock rwmutex.go:150 ; store.(*Rules).Set store/rules.go:8',
    '10 30s sync.(*RWMutex).RLock rwmutex.go:72 ; store.(*Rules).Get store/rules.go:4',
    '10 30s sync.(*Cond).Wait cond.go:70 ; store.(*Queue).Pop store/queue.go:4',
  ];
  const text = ['block go1.24', 'contentions delay stack', ...locks, ...kinds].join('\n');
  await push(server.url, { name: 'many{pod=a}', text, end: Date.now() - 2_000 });
});
test.afterAll(() => server.end());

/** Pictures of swatches when every colour is the same grey: only their marks are left. */
async function picturesWithoutColour(swatches: Locator): Promise<string[]> {
  await swatches.page().addStyleTag({ content: 'pattern rect { fill: #777 } pattern path { stroke: #fff }' });
  const pictures = await Promise.all((await swatches.all()).map((swatch) => swatch.screenshot()));
  return pictures.map((picture) => picture.toString('base64'));
}

test('lines of the stacked chart are told apart without colour, in the chart as in the legend', async ({ page }) => {
  await open(page, `${server.url}/services/many`);
  const chart = page.getByRole('region', { name: 'Waiting by lock' });
  const swatches = chart.locator('.chart-legend svg.sw');
  await expect(chart.locator('.recharts-area-area')).toHaveCount(7);
  await expect(swatches).toHaveCount(7);
  const fills = (places: Locator) => places.evaluateAll((all) => all.map((each) => each.getAttribute('fill')));
  const inLegend = await fills(swatches.locator('rect'));
  expect(inLegend.every((fill) => /^url\(#.+\)$/.test(fill ?? ''))).toBe(true);
  expect(await fills(chart.locator('.recharts-area-area'))).toEqual(inLegend);
  const marks = await page.evaluate(
    (all) => all.map((fill) => document.getElementById(fill.slice(5, -1))?.querySelector('path')?.getAttribute('d')),
    inLegend.map(String),
  );
  expect(marks).not.toContain(undefined);
  expect(new Set(marks).size).toBe(7);
});

test('reasons to wait have their hatches in the flame graph and in its legend', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, `${server.url}/services/many/flame?mode=waiters&color=reason&idle=1`);
    for (const reason of ['wlock', 'mutex', 'cond']) {
      const paint = new RegExp(`^url\\(#reason-${reason}\\) color-mix`);
      await expect(page.locator(`pattern#reason-${reason} path`)).toHaveCount(1);
      await expect(page.locator(`.fl-steps svg.sw rect[fill^="url(#reason-${reason})"]`)).toHaveAttribute(
        'fill',
        paint,
      );
      await expect(page.locator(`.fg-graph g.frame rect[fill^="url(#reason-${reason})"]`).first()).toBeAttached();
    }
    await expect(page.locator('.fg-graph g.frame rect[fill*="--w-rlock"]').first()).toBeAttached();
  }
});

test('swatches of hatched lines are no two the same picture in grey', async ({ page }) => {
  await open(page, `${server.url}/services/many`);
  const swatches = page.getByRole('region', { name: 'Waiting by lock' }).locator('.chart-legend svg.sw');
  await expect(swatches).toHaveCount(7);
  const pictures = await picturesWithoutColour(swatches);
  expect(new Set(pictures).size).toBe(7);
});
