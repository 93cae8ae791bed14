import type { Page } from '@playwright/test';
import { expect, open, test } from './test';
import { truth } from './truth';

/** Things a person does on the pages of a service, each safe in any state. */
const actions: readonly ((page: Page) => Promise<void>)[] = [
  (page) => page.keyboard.press('i'),
  (page) => page.keyboard.press('j'),
  (page) => page.keyboard.press('k'),
  (page) => page.keyboard.press('s'),
  (page) => page.keyboard.press('Space'),
  (page) => page.keyboard.press('-'),
  (page) => page.keyboard.press('='),
  (page) => page.keyboard.press('['),
  (page) => page.keyboard.press(']'),
  (page) => press(page, 'Averages over all pods'),
  (page) => press(page, 'Averages per pod'),
  async (page) => {
    await press(page, /^(Lock|Average|Pods|Hold)$/);
  },
];

async function press(page: Page, name: string | RegExp): Promise<void> {
  const link = page.getByRole('main').getByRole('link', { name }).first();
  if (await link.isVisible()) await link.click();
}

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a person reads, without ages, which grow while one reads. */
async function visibleText(page: Page): Promise<string> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  // biome-ignore lint/performance/useDomNodeTextContent: what can be seen is meant
  const text = await page.locator('main').innerText();
  return text
    .replaceAll(/newest profile [^\n]*/g, '')
    .replaceAll(/^(?:live|fixed range)$/gm, '')
    .replaceAll(/\s+/g, ' ');
}

for (const seed of [1, 2, 3]) {
  test(`whatever was done, the address alone brings it back in a fresh browser (seed ${seed})`, async ({
    page,
    browser,
    watched,
  }) => {
    const random = seeded(seed);
    const now = Math.floor(Date.now() / 1000);
    await open(page, `/services/${truth.service}?from=${now - 1_800}&to=${now}&theirs=kept`);
    await page.locator('tr[data-lock]').first().waitFor();
    for (let step = 0; step < 12; step++) {
      await actions[Math.floor(random() * actions.length)]?.(page);
      // What a key changes is on its way until the page is no longer busy.
      await page.waitForTimeout(100);
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    }
    expect(new URL(page.url()).searchParams.get('theirs')).toBe('kept');
    const seen = await visibleText(page);
    const context = await browser.newContext();
    const other = await context.newPage();
    watched.watch(other);
    await open(other, page.url());
    await other.getByRole('heading', { level: 1 }).waitFor();
    expect(await visibleText(other)).toBe(seen);
    await context.close();
  });
}
