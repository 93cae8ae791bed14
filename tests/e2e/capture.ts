import { readFileSync } from 'node:fs';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { expect, open } from './test';

/** Bytes of a recording of tests/fixtures/gotrace: `truth-go1.26`. */
export function recording(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/gotrace/traces/${name}.trace`, import.meta.url));
}

/** Uploads a trace and waits until its analysis has ended in one of `statuses`; answers with its path. */
export async function sendTrace(
  request: APIRequestContext,
  { bytes, name, ends = 'done' }: { readonly bytes: Buffer; readonly name: string; readonly ends?: string },
): Promise<string> {
  const answer = await request.post(`/api/v1/upload?name=${name}`, {
    data: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect([200, 201]).toContain(answer.status());
  const { id, url } = await answer.json();
  await expect
    .poll(async () => (await (await request.get(`/api/v1/traces/${id}/status`)).json()).capture.status, {
      timeout: 30_000,
    })
    .toBe(ends);
  return url;
}

/** Opens a capture and waits until its lanes are drawn: from then on the page listens to keys. */
export async function openTrace(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.locator('.lane canvas[width]').first()).toBeAttached();
}

/** A lane by the name at its left: its picture, whose name is what it shows in a sentence. */
export function laneOf(page: Page, name: string | RegExp): Locator {
  return page.locator('.lane').filter({ has: page.locator('.n', { hasText: name }) });
}

/** Presses a key and waits until the address has changed. */
export async function pressAndMove(page: Page, key: string): Promise<void> {
  const before = page.url();
  await page.keyboard.press(key);
  await expect.poll(() => page.url()).not.toBe(before);
}

/** Whether a picture has anything but its grid: how many different colours stand in it. */
export function coloursIn(canvas: Locator): Promise<number> {
  return canvas.evaluate((node) => {
    if (!(node instanceof HTMLCanvasElement)) return 0;
    const copy = new OffscreenCanvas(node.width, node.height).getContext('2d');
    copy?.drawImage(node, 0, 0);
    const data = copy?.getImageData(0, 0, node.width, node.height).data ?? [];
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] ?? 0) === 255)
        seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
    return seen.size;
  });
}
