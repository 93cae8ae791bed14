import { type Browser, chromium, type Page } from '@playwright/test';

/** What Chromium says of one page, milliseconds. */
export interface PageTimes {
  readonly lcp: number;
  /** The longest of the interactions: from the key or click to the next picture. */
  readonly interaction: number;
  readonly interactions: number;
}

export function startBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

/** Loads a page in a fresh context `runs` times, each with an empty cache, then presses keys; LCP is the median. */
export async function timePage(
  browser: Browser,
  url: string,
  keys: readonly string[],
  runs: number,
): Promise<PageTimes> {
  const paints: number[] = [];
  const interactions: number[] = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(800);
    paints.push(await page.evaluate(() => Reflect.get(window, 'seen').lcp));
    for (const key of keys) await pressSlowly(page, key);
    interactions.push(...(await page.evaluate(() => Reflect.get(window, 'seen').interactions)));
    await context.close();
  }
  return { lcp: median(paints), interaction: Math.max(0, ...interactions), interactions: interactions.length };
}

/** Runs in the page: keeps the last LCP candidate and the duration of every interaction of 16 ms and more. */
function observe(): void {
  const seen: { lcp: number; interactions: number[] } = { lcp: 0, interactions: [] };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const events = { type: 'event', buffered: true, durationThreshold: 16 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'interactionId') > 0) seen.interactions.push(entry.duration);
    }
  }).observe(events);
}

async function pressSlowly(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForTimeout(200);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least `share` of the values do not exceed; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
