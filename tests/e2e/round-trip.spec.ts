import { readFileSync } from 'node:fs';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, open, test } from './test';
import { truth } from './truth';

type Action = (page: Page) => Promise<void>;

interface Surface {
  /** Address at which the walk begins. */
  readonly start: (request: APIRequestContext) => Promise<string>;
  /** Things a person does there, each safe in any state and none leading to another page. */
  readonly actions: readonly Action[];
  /** What must look the same in a fresh browser. */
  readonly read: (page: Page) => Promise<string>;
}

const now = Math.floor(Date.now() / 1000);
const range = `from=${now - 1_800}&to=${now}&theirs=kept`;
const service = `/services/${truth.service}`;

const key =
  (name: string): Action =>
  (page) =>
    page.keyboard.press(name);
const rangeKeys = ['-', '=', '[', ']'].map(key);
const press =
  (name: string | RegExp): Action =>
  async (page) => {
    const link = page.getByRole('main').getByRole('link', { name }).first();
    if (await link.isVisible()) await link.click();
  };
const filter =
  (label: string, value: string): Action =>
  async (page) => {
    await page.getByRole('button', { name: 'Add a filter' }).click();
    await page.getByRole('combobox', { name: 'Label' }).fill(label);
    await page.getByRole('combobox', { name: /^Value/ }).fill(value);
    await page.getByRole('button', { name: 'Add filter', exact: true }).click();
  };
const filters = [filter('pod', truth.pods[0] ?? ''), filter('pod', `-${truth.pods[1]}`), press(/^Remove filter/)];
const inTree =
  (...names: readonly string[]): Action =>
  async (page) => {
    const tree = page.getByRole('tree').first();
    if (!(await tree.isVisible())) return;
    await tree.focus();
    for (const name of names) await page.keyboard.press(name);
  };
const search =
  (text: string): Action =>
  async (page) => {
    const field = page.getByRole('searchbox', { name: 'Search frames' });
    if (await field.isVisible()) await field.fill(text);
  };
const graph = [
  press(/^(Waiters|Holders|CPU|Goroutines|Mirror)$/),
  press(/^(CPU|Bytes in use)$/),
  press(/^(hide runtime and sync|only my module|callers first)$/),
  press(/^(package|reason|side)$/),
  press(/^Remove: /),
  inTree('ArrowDown', 'ArrowRight'),
  inTree('ArrowDown', 'ArrowDown', 'Enter'),
  inTree('Backspace'),
  inTree('ArrowDown', 'f'),
  inTree('0'),
  search('json'),
  search(''),
];

const surfaces: Readonly<Record<string, Surface>> = {
  overview: {
    start: async () => `/?${range}`,
    actions: [...rangeKeys, key('j'), key('k'), ...filters],
    read: visibleText,
  },
  service: {
    start: async () => `${service}?${range}`,
    actions: [
      ...rangeKeys,
      ...['i', 'j', 'k', 's', 'Space'].map(key),
      press('Averages over all pods'),
      press('Averages per pod'),
      press(/^(Lock|Average|Pods|Hold)$/),
    ],
    read: visibleText,
  },
  lock: {
    start: async (request) => {
      const answer = await (await request.get(`/api/v1${service}/locks?${range}`)).json();
      return `${service}/locks/${answer.locks[0].id}?${range}`;
    },
    actions: [...rangeKeys, ...filters, press(new RegExp(`^(${truth.pods.join('|')})$`))],
    read: visibleText,
  },
  flame: {
    start: async () => `${service}/flame?${range}`,
    actions: [...rangeKeys, key('i'), key('v'), ...graph],
    read: visibleText,
  },
  upload: {
    start: async (request) => {
      const ids = await Promise.all(['block', 'mutex'].map((kind) => upload(request, `w3-${kind}.pb.gz`)));
      return `/uploads/${ids[0]}?with=${ids[1]}&theirs=kept`;
    },
    actions: [
      async (page) => {
        await page.getByLabel('Seconds this profile covers').fill('20');
        await page.getByRole('button', { name: 'Show rates' }).click();
      },
      ...graph,
    ],
    read: visibleText,
  },
  settings: {
    start: async () => '/settings?theirs=kept',
    // Preferences belong to the browser, not to the address.
    actions: [choose('Dark'), choose('Light'), key('?'), key('Escape')],
    read: async (page) => (await page.getByRole('main').getByRole('heading').allInnerTexts()).slice(1).join(' '),
  },
};

/** Chooses a theme; the sheet of keys, if it is open, is closed first. */
function choose(theme: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: theme }).check();
  };
}

async function upload(request: APIRequestContext, file: string): Promise<string> {
  const answer = await request.post(`/api/v1/upload?filename=${file}`, {
    data: readFileSync(new URL(`../fixtures/go/ordersvc-go1.23-bad/${file}`, import.meta.url)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  return String((await answer.json()).url)
    .split('/')
    .slice(-1)
    .join();
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
  await page.mouse.move(0, 0);
  // biome-ignore lint/performance/useDomNodeTextContent: what can be seen is meant
  const text = await page.locator('main').innerText();
  return text
    .replaceAll(/newest profile [^\n]*/g, '')
    .replaceAll(/^(?:live|fixed range)$/gm, '')
    .replaceAll(/\s+/g, ' ');
}

for (const [name, surface] of Object.entries(surfaces)) {
  for (const seed of name === 'settings' ? [1] : [1, 2, 3]) {
    test(`${name}: whatever was done, the address alone brings it back in a fresh browser (seed ${seed})`, async ({
      page,
      browser,
      request,
      watched,
    }) => {
      const random = seeded(seed);
      await open(page, await surface.start(request));
      for (let step = 0; step < 12; step++) {
        await surface.actions[Math.floor(random() * surface.actions.length)]?.(page);
        // What a key changes is on its way until the page is no longer busy; typing is written after 250 ms.
        await page.waitForTimeout(350);
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      }
      const address = page.url();
      expect(new URL(address).searchParams.get('theirs')).toBe('kept');
      const seen = await surface.read(page);
      const context = await browser.newContext({ viewport: page.viewportSize() });
      const other = await context.newPage();
      watched.watch(other);
      await open(other, address);
      await other.getByRole('main').getByRole('heading').first().waitFor();
      await expect.poll(() => surface.read(other)).toBe(seen);
      expect(other.url()).toBe(address);
      await context.close();
    });
  }
}
