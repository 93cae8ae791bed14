import { AxeBuilder } from '@axe-core/playwright';
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';

export { expect };

interface Watched {
  /** Messages the browser may print in this test: an answer 404 that the test asks for. */
  readonly allowed: RegExp[];
  /** Adds a page of another context to what is watched. */
  readonly watch: (page: Page) => void;
}

/**
 * Every test fails on a console error or warning, an exception, a hydration message, and a request that leaves the
 * host of its page.
 */
export const test = base.extend<{ watched: Watched }>({
  watched: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      const allowed: RegExp[] = [];
      const watch = (watchedPage: Page) => {
        watchedPage.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
        watchedPage.on('console', (message) => {
          if (isComplaint(message)) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        });
        watchedPage.on('request', (request) => {
          const url = new URL(request.url());
          if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') {
            complaints.push(`request to another host: ${url.href}`);
          }
        });
      };
      watch(page);
      await use({ allowed, watch });
      expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

function isComplaint(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning';
}

/** What axe finds wrong, one line a rule and element; [] when nothing. */
export async function axeFindings(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`));
}

/** Opens a path and waits until its scripts listen. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => document.readyState === 'complete');
  // React marks a node once it has hydrated it; parts that stream in wake up one by one.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main, button, .brush')].every((node) =>
      Object.keys(node).some((key) => key.startsWith('__reactFiber')),
    ),
  );
}
